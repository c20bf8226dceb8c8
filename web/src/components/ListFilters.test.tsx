import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { setLanguage, startTexts } from '@/i18n';
import { ListFilters } from './ListFilters';

beforeAll(async () => {
  await startTexts();
  await setLanguage('en');
});
afterEach(cleanup);

it('a search keeps the keyboard, and follows the address', async () => {
  const router = createMemoryRouter([{ path: '/', element: <ListFilters search="Name" /> }]);
  render(<RouterProvider router={router} />);
  const field = screen.getByLabelText<HTMLInputElement>('Name');
  field.focus();
  fireEvent.change(field, { target: { value: ' li ' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  await act(() => Promise.resolve());
  expect(router.state.location.search).toBe('?q=li');
  expect(document.activeElement).toBe(field);
  expect(field.isConnected && field.value).toBe('li');
  await act(() => router.navigate('/'));
  expect(field.value).toBe('');
});
