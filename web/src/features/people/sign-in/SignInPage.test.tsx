import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { Providers } from '@/app/providers';
import { stopReached } from '@/app/tour';
import { askEarly, takeEarly } from '@/api/early';
import { hasChosenLanguage, setLanguage, startTexts } from '@/i18n';
import SignInPage from './SignInPage';

beforeAll(async () => {
  await startTexts();
  await setLanguage('en');
});
afterEach(cleanup);

const json = (status: number, body: unknown) => Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } }));

/** The sign-in page over a server that knows one demonstration supervisor. */
function open(address: string, other?: (url: string, init: RequestInit) => Promise<Response>) {
  const server = vi.fn((url: string, init: RequestInit) => {
    if (other) return other(url, init);
    if (url.endsWith('/sign-in')) return json(200, { demo: true, people: [{ login: 'sup', name: 'Zhang', role: 'supervisor', tenant: 'q', password: 'demo' }] });
    const { password } = JSON.parse(String(init.body)) as { password: string };
    return password === 'demo' ? json(200, {}) : json(401, { status: 401, code: 'wrong_password' });
  });
  vi.stubGlobal('fetch', server);
  const router = createMemoryRouter(
    [
      { path: '/sign-in', element: <SignInPage /> },
      { path: '*', element: <p>inside</p> },
    ],
    { initialEntries: [address] },
  );
  render(
    <Providers>
      <RouterProvider router={router} />
    </Providers>,
  );
  return router;
}

it('signs a demonstration person in with one click and goes where they wanted', async () => {
  const router = open('/sign-in?next=%2Fstaff%3Fq%3Dx');
  fireEvent.click(await screen.findByRole('button', { name: 'Sign in as Zhang' }));
  await screen.findByText('inside');
  expect(router.state.location.pathname + router.state.location.search).toBe('/staff?q=x');
});

it('goes nowhere outside of the program', async () => {
  const router = open('/sign-in?next=%2F%2Fevil.example');
  fireEvent.click(await screen.findByRole('button', { name: 'Sign in as Zhang' }));
  await screen.findByText('inside');
  expect(router.state.location.pathname).toBe('/');
});

it('says what is missing before it asks the server, then what was wrong', async () => {
  open('/sign-in');
  fireEvent.click(await screen.findByRole('button', { name: 'Sign in' }));
  expect((await screen.findByRole('alert')).textContent).toBe('Enter your account');
  fireEvent.change(screen.getByLabelText(/Account/), { target: { value: 'sup' } });
  fireEvent.change(screen.getByLabelText(/Password/), { target: { value: 'no' } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  await waitFor(() => expect(screen.getByText(/Account or password is wrong/)).toBeTruthy());
});

it('asks for the code of a second factor where there is one, and for a new one where it was wrong', async () => {
  const sent: unknown[] = [];
  const router = open('/sign-in', (url, init) => {
    if (url.endsWith('/sign-in')) return json(200, { demo: false, people: [] });
    const body = JSON.parse(String(init.body)) as { code?: string };
    sent.push(body);
    if (!body.code) return json(401, { status: 401, code: 'second_factor_needed' });
    return body.code === '123456' ? json(200, {}) : json(401, { status: 401, code: 'wrong_code' });
  });
  fireEvent.change(await screen.findByLabelText(/Account/), { target: { value: 'sup' } });
  fireEvent.change(screen.getByLabelText(/Password/), { target: { value: 'right' } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  const code = await screen.findByLabelText('Code');
  expect(screen.queryByRole('alert')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  expect((await screen.findByRole('alert')).textContent).toBe('Enter the code');
  fireEvent.change(code, { target: { value: '000000' } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  await screen.findByText(/This code is not right/);
  fireEvent.change(screen.getByLabelText('Code'), { target: { value: '123456' } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  await screen.findByText('inside');
  expect(router.state.location.pathname).toBe('/');
  expect(sent.at(-1)).toEqual({ login: 'sup', password: 'right', code: '123456' });
});

it('leads round the loop where one company has everybody for it', async () => {
  const person = (login: string, role: string, tenant = 'q') => ({ login, name: login.toUpperCase(), role, tenant, password: 'demo' });
  const people = [person('other', 'supervisor', 'p'), ...['supervisor', 'hr', 'director', 'training_group', 'agent'].map((role) => person(role, role))];
  const server = vi.fn((url: string) => {
    if (url.endsWith('/sign-in')) return json(200, { demo: true, people });
    if (url.includes('/plans')) return json(200, { items: [{ id: 'new', state: 'submitted' }, { id: 'second', state: 'approved' }, { id: 'first', state: 'approved' }], next: null });
    return json(200, {});
  });
  const router = open('/sign-in', server);
  fireEvent.click(await screen.findByRole('button', { name: /Put it into a plan/ }));
  await screen.findByText('inside');
  expect(router.state.location.pathname).toBe('/plans/first');
  expect(stopReached()).toBe(1);
  expect(server.mock.calls.filter(([url]) => url.endsWith('/session')).length).toBe(1);
});

it('forgets what the page asked for before anybody had signed in', async () => {
  const server = (url: string) => (url.endsWith('/sign-in') ? json(200, { demo: false, people: [] }) : url.endsWith('/session') ? json(200, {}) : json(401, { status: 401, code: 'not_signed_in' }));
  vi.stubGlobal('fetch', vi.fn(server));
  askEarly({ pathname: '/', search: '' } as Location);
  open('/sign-in', server);
  await signInByHand();
  expect(takeEarly('/home', {})).toBeUndefined();
});

async function signInByHand() {
  fireEvent.change(await screen.findByLabelText(/Account|账号/), { target: { value: 'sup' } });
  fireEvent.change(screen.getByLabelText(/Password|密码/), { target: { value: 'right' } });
  fireEvent.click(screen.getByRole('button', { name: /^(Sign in|登录)$/ }));
  await screen.findByText('inside');
}

it('takes a language that was chosen here along into the account', async () => {
  const changed: unknown[] = [];
  open('/sign-in', (url, init) => {
    if (init.method === 'PATCH') changed.push([url, JSON.parse(String(init.body))]);
    return json(200, url.endsWith('/sign-in') ? { demo: false, people: [] } : {});
  });
  fireEvent.click(await screen.findByRole('button', { name: '中文' }));
  await screen.findByLabelText('账号');
  fireEvent.click(screen.getByRole('button', { name: 'English' }));
  await screen.findByLabelText('Account');
  await signInByHand();
  expect(changed).toEqual([['/api/v1/me', { locale: 'en' }]]);
});

it('keeps the language of the page for a demonstration, and leaves its accounts alone', async () => {
  localStorage.clear();
  const changed: unknown[] = [];
  open('/sign-in', (url, init) => {
    if (init.method === 'PATCH') changed.push(url);
    return json(200, url.endsWith('/sign-in') ? { demo: true, people: [{ login: 'sup', name: 'Zhang', role: 'supervisor', tenant: 'q', password: 'demo' }] } : {});
  });
  fireEvent.click(await screen.findByRole('button', { name: 'Sign in as Zhang' }));
  await screen.findByText('inside');
  expect(hasChosenLanguage()).toBe(true);
  expect(changed).toEqual([]);
});
