import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { Providers } from '@/app/providers';
import { SignedIn } from '@/app/session';
import { setLanguage, startTexts } from '@/i18n';
import FiguresPage from './FiguresPage';

// Charts draw on a layout that jsdom does not have.
vi.mock('@/components/charts/EChart', () => ({ default: () => null }));

beforeAll(async () => {
  await startTexts();
  await setLanguage('en');
});
afterEach(cleanup);

const text = (zh: string, en: string) => ({ zh, en });
const me = {
  person: { id: 'p', name: 'Zhang', login: 'z', email: null, locale: 'en' },
  tenant: { id: 't', slug: 'q', name: 'Qinghe', kind: 'merchant', parent: null, zone: 'Asia/Shanghai' },
  memberships: [],
  merchants: [],
  roles: [],
  rights: ['kpi:read', 'staff:read', 'conversation:read'],
  shops: [],
  staff_id: null,
  unread: 0,
  second_factor: { on: false, needed: false },
};
const definitions = [{ key: 'answered_within_180', version: 1, name: text('180 秒内回复率', 'Answered within 180 s'), about: text('', ''), unit: 'share', better: 'up', group: 'speed', source: null }];
const rows = [
  { agent: 'Li Lei', id: 'a1', from: '2026-01-01', to: '2026-01-31', values: { answered_within_180: { value: 0.5, n: 8, version: 1 } } },
  { agent: 'Han Meimei', id: 'a2', from: '2026-01-01', to: '2026-01-31', values: { answered_within_180: { value: null, n: 0, version: 1 } } },
];

/** The page over a server that has the figures of January, and takes its time with any other. */
function open() {
  const asked: URL[] = [];
  vi.stubGlobal('fetch', (path: string) => {
    const url = new URL(path, 'http://kexun');
    asked.push(url);
    if (url.pathname === '/api/v1/kpi' && url.searchParams.get('from') === '2026-02-01') return new Promise(() => undefined);
    const answers: Record<string, unknown> = {
      '/api/v1/me': me,
      '/api/v1/kpi': { zone: 'Asia/Shanghai', rows: url.searchParams.get('by') === 'agent' ? rows : [] },
      '/api/v1/kpi/definitions': definitions,
      '/api/v1/kpi/targets': [],
      '/api/v1/conversations': { items: [], next: null },
    };
    return Promise.resolve(new Response(JSON.stringify(answers[url.pathname]), { status: 200 }));
  });
  const address = '/figures?from=2026-01-01&to=2026-01-31';
  window.history.replaceState(null, '', address);
  const router = createMemoryRouter([{ path: '/figures', element: <SignedIn><FiguresPage /></SignedIn> }], { initialEntries: [address] });
  render(
    <Providers>
      <RouterProvider router={router} />
    </Providers>,
  );
  return { asked, router };
}

it('shows no value as a dash, few cases pale, and opens the conversations behind a figure', async () => {
  const { asked } = open();
  const figure = await screen.findByRole('button', { name: 'Li Lei, Answered within 180 s: 50%' });
  expect(screen.getByText('8 cases')).toBeTruthy();
  expect(screen.getByText('Only 8 cases: too few to tell')).toBeTruthy();
  const none = screen.getByText('Han Meimei').closest('tr');
  expect(within(none as HTMLElement).getByText('—')).toBeTruthy();

  fireEvent.click(figure);
  await waitFor(() => expect(asked.some(({ pathname }) => pathname === '/api/v1/conversations')).toBe(true));
  const evidence = asked.find(({ pathname }) => pathname === '/api/v1/conversations');
  expect(Object.fromEntries(evidence?.searchParams ?? [])).toEqual({ key: 'answered_within_180', from: '2026-01-01', to: '2026-01-31', agent: 'a1', miss: 'true' });
});

it('compares with the period of equal length before', async () => {
  const { asked } = open();
  await screen.findByRole('button', { name: /Li Lei, / });
  const periods = asked.filter(({ pathname, searchParams }) => pathname === '/api/v1/kpi' && searchParams.get('by') === 'agent').map(({ searchParams }) => `${searchParams.get('from')}/${searchParams.get('to')}`);
  expect(periods).toContain('2025-12-01/2025-12-31');
});

it('shows nothing of the period before while another is asked for', async () => {
  const { asked, router } = open();
  await screen.findByRole('button', { name: /Li Lei, / });
  await act(() => router.navigate('/figures?from=2026-02-01&to=2026-02-28'));
  await waitFor(() => expect(asked.some(({ searchParams }) => searchParams.get('from') === '2026-02-01')).toBe(true));
  expect(screen.queryByText(/Li Lei/)).toBeNull();
});
