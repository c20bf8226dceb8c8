import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { ApiError } from '@/api/client';
import { setLanguage, startTexts } from '@/i18n';
import { DataTable, type Rows } from './DataTable';

beforeAll(async () => {
  await startTexts();
  await setLanguage('en');
});
afterEach(cleanup);

function show(list: Omit<Rows<{ id: string }>, 'items'>, exportHref?: string) {
  render(
    <DataTable
      name="t"
      label="T"
      columns={[{ key: 'id', title: 'Id', render: ({ id }) => id, plain: ({ id }) => id }]}
      list={{ items: [{ id: 'a' }, { id: 'b' }], ...list }}
      rowKey={({ id }) => id}
      empty={null}
      {...(exportHref ? { exportHref } : {})}
    />,
  );
}

it('says when more could not be had, beside the rows that are there', () => {
  show({ hasMore: true, error: new ApiError({ status: 0, code: 'network' }), retry: () => undefined });
  expect(screen.getAllByText('a').length).toBeGreaterThan(0);
  screen.getByRole('button', { name: 'Try again' });
});

it('says what its export gives', () => {
  show({});
  screen.getByRole('button', { name: /Export$/ });
  cleanup();
  show({ hasMore: true });
  screen.getByRole('button', { name: /Export the 2 rows shown/ });
  cleanup();
  show({ hasMore: true }, '/all');
  screen.getByRole('link', { name: /Export all/ });
});
