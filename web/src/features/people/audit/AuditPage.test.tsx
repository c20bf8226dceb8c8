import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { Providers } from '@/app/providers';
import { setLanguage, startTexts } from '@/i18n';
import AuditPage from './AuditPage';

vi.mock('@/app/session', async (original) => ({ ...(await original<object>()), useMe: () => ({ tenant: { zone: 'Asia/Shanghai', kind: 'company' }, rights: [] }) }));

beforeAll(async () => {
  await startTexts();
  await setLanguage('en');
});
afterEach(cleanup);

it('a chain that could not be verified can be verified again', async () => {
  const chain = { length: 2, head: 'abc', sealed_at: null, pending: 0, intact: null, broken_at: null, what: null };
  let tries = 0;
  vi.stubGlobal('fetch', (path: string) => {
    const json = (status: number, body: unknown) => Promise.resolve(new Response(JSON.stringify(body), { status }));
    if (!path.includes('/events/chain')) return json(200, { items: [], next: null });
    if (!path.includes('verify=true')) return json(200, chain);
    tries += 1;
    return tries === 1 ? json(500, { status: 500, code: 'internal' }) : json(200, { ...chain, intact: true });
  });
  render(
    <Providers>
      <RouterProvider router={createMemoryRouter([{ path: '*', element: <AuditPage /> }])} />
    </Providers>,
  );
  await screen.findByText('The chain has not been verified yet');
  const verify = () => screen.getByRole('button', { name: /Verify/i });
  fireEvent.click(verify());
  await vi.waitFor(() => expect(document.querySelectorAll('[role=alert], .notice').length).toBeGreaterThan(1), { timeout: 20_000 });
  await vi.waitFor(() => expect(verify().className).not.toContain('loading'), { timeout: 20_000 });
  fireEvent.click(verify());
  await vi.waitFor(() => expect(tries).toBe(2), { timeout: 20_000 });
  await screen.findByText(/intact/i);
});
