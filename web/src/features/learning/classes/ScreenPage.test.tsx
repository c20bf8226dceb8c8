import { cleanup, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { ApiError } from '@/api/client';
import { setLanguage, startTexts } from '@/i18n';
import ScreenPage from './ScreenPage';

const code = { code: '123456', now: '2026-07-01T02:00:00Z', opens_at: '2026-07-01T01:30:00Z', changes_at: '2026-07-01T02:00:10Z', came: 1, expected: 2 };
const answer = { data: code, error: null as ApiError | null, dataUpdatedAt: 0, refetch: () => undefined };
const item = { id: 'c', title: 'Refunds', starts_at: '2026-07-01T02:00:00Z', ends_at: '2026-07-01T03:00:00Z', zone: 'Asia/Shanghai', place: 'Room 1', online_url: null, lecturer: { id: 'l', name: 'Li' } };
vi.mock('./queries', () => ({ useCode: () => answer, useClass: () => ({ data: item, error: null }) }));
vi.mock('@/app/session', () => ({ useMe: () => ({ tenant: { slug: 'q' } }) }));
vi.mock('antd', async (original) => ({ ...(await original<object>()), QRCode: () => <i data-testid="qr" /> }));

beforeAll(async () => {
  await startTexts();
  await setLanguage('en');
});
afterEach(cleanup);

const open = () => render(<RouterProvider router={createMemoryRouter([{ path: '*', element: <ScreenPage /> }])} />);

it('a code is shown while it holds, connection or not', async () => {
  answer.dataUpdatedAt = Date.now();
  answer.error = new ApiError({ status: 0, code: 'network' });
  open();
  expect((await screen.findByTestId('class-code')).textContent).toBe('123 456');
});

it('a code that holds no longer gives way to what is wrong', async () => {
  answer.dataUpdatedAt = Date.now() - 11_000;
  answer.error = new ApiError({ status: 0, code: 'network' });
  open();
  await screen.findByRole('button', { name: 'Try again' });
  expect(screen.queryByTestId('class-code')).toBeNull();
  expect(screen.queryByTestId('qr')).toBeNull();
});
