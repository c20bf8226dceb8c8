import { cleanup, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { StaffItem } from '@/api/types';
import { Providers } from '@/app/providers';
import { SignedIn } from '@/app/session';
import { setLanguage, startTexts } from '@/i18n';
import { StaffForm } from './StaffForm';

beforeAll(async () => {
  await startTexts();
  await setLanguage('en');
});
afterEach(cleanup);

const me = {
  person: { id: 'p', name: 'Boss', login: 'boss', email: null, locale: 'en' },
  tenant: { id: 't', slug: 'q', name: 'Q', kind: 'company', parent: null, zone: 'Asia/Shanghai' },
  memberships: [],
  merchants: [],
  roles: [],
  rights: [],
  shops: [],
  staff_id: 'own',
  unread: 0,
  second_factor: { on: false, needed: false },
};

function show(id: string) {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(me), { status: 200 })));
  const staff = { id, account: 'a', name: 'N', login: 'l', shop: null, team: null, roles: [], version: 1 } as unknown as StaffItem;
  const form = <SignedIn><StaffForm staff={staff} onClose={() => undefined} /></SignedIn>;
  render(
    <Providers>
      <RouterProvider router={createMemoryRouter([{ path: '*', element: form }])} />
    </Providers>,
  );
}

it('sets the password of others', async () => {
  show('other');
  await screen.findByLabelText('Reset password');
});

it('sends who looks at himself to his account', async () => {
  show('own');
  const link = await screen.findByRole('link', { name: 'To my account' });
  expect(link.getAttribute('href')).toMatch(/^\/me/);
  expect(screen.queryByLabelText('Reset password')).toBeNull();
  expect(screen.queryByLabelText('Login')).toBeNull();
});
