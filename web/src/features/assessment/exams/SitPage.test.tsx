import { onlineManager } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { feedback } from '@/app/feedback';
import { Providers } from '@/app/providers';
import { setLanguage, startTexts } from '@/i18n';
import SitPage from './SitPage';

beforeAll(async () => {
  await startTexts();
  await setLanguage('en');
});
afterEach(() => {
  cleanup();
  localStorage.removeItem('kexun.outbox.a1');
});

const item = { n: 1, kind: 'single', text: 'How long may a refund take?', points: '2', options: [{ number: 0, text: 'A day' }, { number: 1, text: 'A week' }] };

/** The room of an attempt that goes on for so many seconds, over a server that can be lost: then only what was asked is noted. */
function sit(seconds: number) {
  const server = { lost: false, failed: 0 };
  const begun = Date.now();
  const sitting = () => ({ attempt: 'a1', exam: 'e1', title: 'Refunds', state: 'sitting', deadline: new Date(begun + seconds * 1000).toISOString(), server_now: new Date().toISOString(), last_seq: 0, answers: {}, items: [item] });
  vi.stubGlobal('fetch', (path: string) => {
    if (server.lost) {
      server.failed += 1;
      return Promise.resolve(new Response('{}', { status: 500 }));
    }
    const answers: Record<string, unknown> = { '/api/v1/exams/e1': { id: 'e1', own: { tries: [{ id: 'a1', state: 'sitting' }] } }, '/api/v1/attempts/a1': sitting() };
    return Promise.resolve(new Response(JSON.stringify(answers[path] ?? {}), { status: 200 }));
  });
  const router = createMemoryRouter(
    [
      { path: '/exams/:id/sit', element: <SitPage /> },
      { path: '*', element: <p>the exam</p> },
    ],
    { initialEntries: ['/exams/e1/sit'] },
  );
  render(
    <Providers>
      <RouterProvider router={router} />
    </Providers>,
  );
  return server;
}

it('stays in the room when what is asked in the background fails', async () => {
  const server = sit(600);
  await screen.findByText(item.text);
  server.lost = true;
  // As when the network comes back and the server does not.
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
  act(() => {
    onlineManager.setOnline(false);
    onlineManager.setOnline(true);
  });
  await waitFor(() => expect(server.failed).toBeGreaterThanOrEqual(2));
  await act(async () => await new Promise((resolve) => setTimeout(resolve, 50)));
  expect(screen.getByText(item.text)).toBeTruthy();
  expect(screen.getByRole('timer')).toBeTruthy();
});

it('says at the end of the time how many answers never arrived', async () => {
  const good = vi.spyOn(feedback, 'success');
  const bad = vi.spyOn(feedback, 'error');
  const server = sit(2);
  await screen.findByText(item.text);
  server.lost = true;
  fireEvent.click(screen.getByRole('radio', { name: 'A week' }));
  await screen.findByText('the exam');
  expect(bad).toHaveBeenCalledWith('The time is over. What had reached the server was handed in; 1 answer had not. Tell whoever set the exam.');
  expect(good).not.toHaveBeenCalled();
});

it('is handed in by itself where everything arrived', async () => {
  const good = vi.spyOn(feedback, 'success');
  sit(2);
  fireEvent.click(await screen.findByRole('radio', { name: 'A week' }));
  await screen.findByText('the exam');
  expect(good).toHaveBeenCalledWith('The time is over; it was handed in.');
});
