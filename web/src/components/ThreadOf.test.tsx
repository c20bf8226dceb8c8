import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { Providers } from '@/app/providers';
import { setLanguage, startTexts } from '@/i18n';
import { ThreadOf } from './ThreadOf';

beforeAll(async () => {
  await startTexts();
  await setLanguage('en');
});
afterEach(cleanup);

const thing = (kind: string, id: string, title: string | null) => ({ kind, id, title, link: `/${kind}/${id}` });
const empty = (stage: string) => ({ stage, count: 0, things: [] });

/** The thread of class `c` over a server that knows its chain. */
function open(status: number, stages: object[]) {
  const answer = status === 200 ? { stages } : { status, code: 'not_found' };
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(answer), { status })));
  const router = createMemoryRouter([{ path: '*', element: <ThreadOf kind="class" id="c" /> }], { initialEntries: ['/x?tenant=q'] });
  render(
    <Providers>
      <RouterProvider router={router} />
    </Providers>,
  );
}

const filled = () => screen.getAllByRole('listitem').filter((item) => item.dataset.done && item.className === 'thread-step').length;

it('fills what has happened, links it and lists several', async () => {
  open(200, [
    empty('conversations'),
    empty('weak_spot'),
    { stage: 'need', count: 1, things: [thing('need', 'n', 'Slow answers')] },
    { stage: 'plan_item', count: 1, things: [] },
    { stage: 'class', count: 1, things: [thing('class', 'c', 'Quick answers')] },
    { stage: 'exam', count: 2, things: [thing('exam', 'e', 'Exam'), thing('exam', 'm', null)] },
    empty('effect'),
  ]);
  const need = await screen.findByRole('link', { name: 'Need' });
  expect(need.getAttribute('href')).toBe('/need/n?tenant=q');
  expect(need.title).toBe('Slow answers');
  expect(filled()).toBe(4);
  // What one may not read is there, and leads nowhere.
  expect(screen.queryByRole('link', { name: 'Plan' })).toBeNull();
  fireEvent.click(screen.getByTestId('thread-exam'));
  expect(screen.getAllByRole('link').map((link) => link.textContent)).toEqual(['Need', 'Exam', 'Exam']);
});

it('still shows where one stands when the chain cannot be read', async () => {
  open(404, []);
  await vi.waitFor(() => expect(document.querySelector('[aria-busy]')).toBeNull(), { timeout: 20_000 });
  expect(filled()).toBe(1);
  expect(document.querySelector('[aria-current=step]')?.textContent).toContain('Class');
});
