import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { Providers } from '@/app/providers';
import { setLanguage, startTexts } from '@/i18n';
import SearchDialog from './SearchDialog';

beforeAll(async () => {
  await startTexts();
  await setLanguage('en');
});
afterEach(cleanup);

it('acts on the answer to what is typed, not to what was typed before', async () => {
  const answers = new Map<string, (body: unknown) => void>();
  vi.stubGlobal('fetch', (path: string) => {
    const q = new URL(path, 'http://kexun').searchParams.get('q') ?? '';
    return new Promise((resolve) => answers.set(q, (body) => resolve(new Response(JSON.stringify(body), { status: 200 }))));
  });
  const hit = (name: string) => [{ kind: 'staff', id: name, title: name, sub: null, link: `/staff?id=${name}` }];
  const router = createMemoryRouter([{ path: '*', element: <SearchDialog onClose={() => undefined} /> }]);
  render(
    <Providers>
      <RouterProvider router={router} />
    </Providers>,
  );
  const field = screen.getByRole('combobox');
  fireEvent.change(field, { target: { value: 'wang' } });
  await vi.waitFor(() => expect(answers.has('wang')).toBe(true), { timeout: 20_000 });
  answers.get('wang')?.(hit('Wang'));
  await screen.findByText('Wang');

  fireEvent.change(field, { target: { value: 'li' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  await vi.waitFor(() => expect(answers.has('li')).toBe(true), { timeout: 20_000 });
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(router.state.location.pathname).toBe('/');
  answers.get('li')?.(hit('Li'));
  await screen.findByText('Li');
  fireEvent.keyDown(field, { key: 'Enter' });
  await vi.waitFor(() => expect(router.state.location.search).toContain('id=Li'), { timeout: 20_000 });

  fireEvent.change(field, { target: { value: 'nobody' } });
  await vi.waitFor(() => expect(answers.has('nobody')).toBe(true), { timeout: 20_000 });
  answers.get('nobody')?.([]);
  await screen.findByText(/Nothing found for “nobody”/);
  fireEvent.change(field, { target: { value: 'nobody at' } });
  expect(screen.queryByText(/Nothing found/), 'that text is not asked yet').toBeNull();
});
