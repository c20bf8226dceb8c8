import { act, cleanup, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { Providers } from '@/app/providers';
import { SignedIn } from '@/app/session';
import { setLanguage, startTexts } from '@/i18n';
import { useWeakSpots } from './queries';

beforeAll(async () => {
  await startTexts();
  await setLanguage('en');
});
afterEach(cleanup);

const me = { person: { locale: 'en' }, tenant: { slug: 'q', name: 'Qinghe', kind: 'merchant', zone: 'UTC' }, memberships: [], merchants: [], roles: [], rights: [], shops: [], second_factor: { on: false, needed: false } };

function Probe() {
  const { data } = useWeakSpots();
  return <p>{data ? `${data.spots.length} spots` : 'asking'}</p>;
}

it('shows no spot of other days, from which a need would be raised for these', async () => {
  vi.stubGlobal('fetch', (path: string) => {
    if (path.includes('from=2026-02-01')) return new Promise(() => undefined);
    return Promise.resolve(new Response(JSON.stringify(path.includes('/weak-spots') ? { spots: [{}, {}] } : me), { status: 200 }));
  });
  const router = createMemoryRouter([{ path: '/', element: <SignedIn><Probe /></SignedIn> }], { initialEntries: ['/?from=2026-01-01&to=2026-01-31'] });
  render(
    <Providers>
      <RouterProvider router={router} />
    </Providers>,
  );
  await screen.findByText('2 spots');
  await act(() => router.navigate('/?from=2026-02-01&to=2026-02-28'));
  expect(screen.getByText('asking')).toBeTruthy();
});
