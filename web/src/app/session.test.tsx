import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { createMemoryRouter, Link, RouterProvider } from 'react-router';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { currentLanguage, hasChosenLanguage, setLanguage, showLanguage, startTexts } from '@/i18n';
import { useLanguage } from './language';
import { Providers } from './providers';
import { SignedIn, useMe } from './session';
import { Shell } from './shell/Shell';

beforeAll(startTexts);
beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  await showLanguage('en');
});
afterEach(cleanup);

const me = (slug: string) => ({
  person: { id: 'p', name: 'Zhang', login: 'z', email: null, locale: 'zh-CN' },
  tenant: { id: slug, slug, name: slug, kind: 'merchant', parent: null, zone: 'Asia/Shanghai' },
  memberships: [],
  merchants: [],
  roles: [],
  rights: [],
  shops: [],
  staff_id: null,
  unread: 0,
  second_factor: { on: false, needed: false },
});

/** Somebody whose account is in Chinese, on a page of his; gives what was changed. */
function open(routes: Parameters<typeof createMemoryRouter>[0], at: string) {
  const changed: unknown[] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    if (init.method === 'PATCH') changed.push([path, JSON.parse(String(init.body))]);
    const slug = new URL(path, 'http://kexun').searchParams.get('tenant') ?? 'a';
    return Promise.resolve(new Response(JSON.stringify(path.startsWith('/api/v1/me') ? me(slug) : { items: [], next: null }), { status: 200 }));
  });
  render(
    <Providers>
      <RouterProvider router={createMemoryRouter(routes, { initialEntries: [at] })} />
    </Providers>,
  );
  return changed;
}

function Language() {
  const { language, choose } = useLanguage();
  return (
    <button type="button" onClick={() => choose('en')}>
      {language}
    </button>
  );
}

describe('the language of who signed in', () => {
  const routes = [{ path: '/', element: <SignedIn><Language /></SignedIn> }];

  it('is that of the account, and no choice for whoever comes next on this device', async () => {
    open(routes, '/');
    await screen.findByText('en');
    await waitFor(() => expect(currentLanguage()).toBe('zh-CN'));
    expect(hasChosenLanguage()).toBe(false);
  });

  it('is the one chosen here, where one was', async () => {
    await setLanguage('en');
    open(routes, '/');
    await screen.findByText('en');
    expect(currentLanguage()).toBe('en');
  });

  it('goes into the account when it is chosen', async () => {
    const changed = open(routes, '/');
    fireEvent.click(await screen.findByRole('button'));
    await waitFor(() => expect(changed).toEqual([['/api/v1/me', { locale: 'en' }]]));
    expect(hasChosenLanguage()).toBe(true);
  });
});

function Page() {
  const { tenant } = useMe();
  const [kept, keep] = useState('');
  return (
    <div>
      <p>
        at {tenant.slug}, kept {kept || 'nothing'}
      </p>
      <button type="button" onClick={() => keep(`shop of ${tenant.slug}`)}>
        Keep
      </button>
      <Link to="/?tenant=a">to a</Link>
      <Link to="/?tenant=b">to b</Link>
    </div>
  );
}

it('begins pages anew in another tenant, known or not', async () => {
  await setLanguage('en');
  open([{ element: <Shell />, children: [{ path: '*', element: <Page /> }] }], '/?tenant=a');
  fireEvent.click(await screen.findByText('to b'));
  await screen.findByText('at b, kept nothing');
  fireEvent.click(screen.getByText('Keep'));
  await screen.findByText('at b, kept shop of b');
  fireEvent.click(screen.getByText('to a'));
  await screen.findByText('at a, kept nothing');
});
