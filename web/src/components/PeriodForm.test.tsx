import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { setLanguage, startTexts } from '@/i18n';
import PeriodForm from './PeriodForm';

const set = vi.fn();
vi.mock('@/app/session', () => ({ useMe: () => ({ tenant: { zone: 'Asia/Shanghai' } }), useScope: () => ({ from: '2026-01-15', to: '2026-01-31' }) }));
vi.mock('@/app/address', async (original) => ({ ...(await original<object>()), useAddress: () => ({ set }) }));

beforeAll(async () => {
  await startTexts();
  await setLanguage('en');
});
afterEach(cleanup);

it('a day may be typed digit by digit', () => {
  render(<RouterProvider router={createMemoryRouter([{ path: '/', element: <PeriodForm onClose={() => undefined} /> }])} />);
  const to = screen.getByLabelText<HTMLInputElement>('To');
  // 25 begins with 02, which lies before the first day.
  fireEvent.change(to, { target: { value: '2026-01-02' } });
  expect(to.value).toBe('2026-01-02');
  expect(set).not.toHaveBeenCalled();
  fireEvent.change(to, { target: { value: '2026-01-25' } });
  expect(set).toHaveBeenLastCalledWith({ from: '2026-01-15', to: '2026-01-25' });

  const from = screen.getByLabelText<HTMLInputElement>('From');
  // So does 2025 with the year 2.
  fireEvent.change(from, { target: { value: '0002-01-15' } });
  expect(set).toHaveBeenCalledTimes(1);
  fireEvent.blur(from);
  expect(from.value, 'what is no period is not left standing').toBe('2026-01-15');
});
