import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { Providers } from '@/app/providers';
import { SignedIn } from '@/app/session';
import type { Definition } from '@/api/types';
import { setLanguage, startTexts } from '@/i18n';
import { TargetsDialog } from './TargetsDialog';

beforeAll(async () => {
  await startTexts();
  await setLanguage('en');
});
afterEach(cleanup);

const me = {
  person: { id: 'p', name: 'Zhang', login: 'z', email: null, locale: 'en' },
  tenant: { id: 't', slug: 'q', name: 'Qinghe', kind: 'merchant', parent: null, zone: 'Asia/Shanghai' },
  memberships: [],
  merchants: [],
  roles: [],
  rights: ['kpi:read', 'target:write'],
  shops: [],
  staff_id: null,
  unread: 0,
  second_factor: { on: false, needed: false },
};
const text = (en: string) => ({ zh: en, en });
const definitions = [
  { key: 'answered', version: 1, name: text('Answered'), about: text(''), unit: 'share', better: 'up', group: 'speed', source: null },
  { key: 'first', version: 1, name: text('First response'), about: text(''), unit: 'seconds', better: 'down', group: 'speed', source: null },
] as unknown as Definition[];
const target = (key: string, value: number) => ({ key, shop_id: null, target: value, version: 3 });

it('waits for the targets that stand, and sends only what was typed', async () => {
  const sent: unknown[] = [];
  let give: (targets: Response) => void = () => undefined;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    if (init.method === 'PUT') sent.push(JSON.parse(String(init.body)));
    else if (path.endsWith('/kpi/targets')) return new Promise<Response>((resolve) => (give = resolve));
    const body = path.includes('/me') ? me : path.endsWith('/kpi/definitions') ? definitions : {};
    return Promise.resolve(new Response(JSON.stringify(body), { status: 200 }));
  });
  const onClose = vi.fn();
  const router = createMemoryRouter([{ path: '/', element: <SignedIn><TargetsDialog definitions={definitions} onClose={onClose} /></SignedIn> }]);
  render(
    <Providers>
      <RouterProvider router={router} />
    </Providers>,
  );
  const save = await screen.findByRole('button', { name: 'Save' });
  expect((save as HTMLButtonElement).disabled).toBe(true);
  expect(screen.queryByLabelText('Answered')).toBeNull();

  give(new Response(JSON.stringify([target('answered', 0.9), target('first', 30)]), { status: 200 }));
  const answered = await screen.findByLabelText('Answered');
  expect((answered as HTMLInputElement).value).toBe('90');
  fireEvent.change(answered, { target: { value: '95' } });
  fireEvent.click(save);
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(sent).toEqual([{ key: 'answered', shop_id: null, target: 0.95, version: 3 }]);
});
