import { cleanup, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { Providers } from '@/app/providers';
import { setLanguage, startTexts } from '@/i18n';
import AccountsPage from './AccountsPage';

beforeAll(async () => {
  await startTexts();
  await setLanguage('en');
});
afterEach(cleanup);

it('names whose an account is, though he is not among the staff that was asked for', async () => {
  const account = { id: 'a', account: 'shop:li', name: 'Li Lei', shop: 'S', staff_id: '0190-li', conversations: 3 };
  vi.stubGlobal('fetch', (path: string) => Promise.resolve(new Response(JSON.stringify({ items: path.includes('/accounts') ? [account] : [], next: null }), { status: 200 })));
  render(
    <Providers>
      <RouterProvider router={createMemoryRouter([{ path: '*', element: <AccountsPage /> }])} />
    </Providers>,
  );
  await screen.findByText('Li Lei');
  expect(screen.queryByText('0190-li')).toBeNull();
});
