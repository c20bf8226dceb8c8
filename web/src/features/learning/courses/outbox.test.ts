import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api, ApiError } from '@/api/client';
import { merged, Outbox, type Report } from './outbox';

const at = (position: number, watched_s = position, done = false): Report => ({ position, watched_s, done });

/** A network that can be cut, and a server that never goes back. */
function network() {
  const server = new Map<string, Report>();
  const state = { up: true, status: 200, requests: 0 };
  const fetch = vi.fn(async (url: string, init: RequestInit) => {
    state.requests += 1;
    if (!state.up) throw new TypeError('Failed to fetch');
    if (state.status !== 200) return new Response(JSON.stringify({ code: 'not_found', status: state.status }), { status: state.status });
    const report = JSON.parse(String(init.body)) as Report;
    server.set(url, merged(server.get(url), report));
    return new Response('{}');
  });
  vi.stubGlobal('fetch', fetch);
  return { server, state };
}

const outbox = () => new Outbox('kexun.progress.test', (course, lesson, report) => api.put(`/courses/${course}/lessons/${lesson}/progress`, report));
const path = (lesson: string) => `/api/v1/courses/c/lessons/${lesson}/progress`;

describe('progress', () => {
  beforeEach(() => localStorage.clear());
  afterEach(() => vi.unstubAllGlobals());

  it('is sent at once where there is a connection', async () => {
    const { server } = network();
    const box = outbox();
    await box.add('c', 'a', at(30));
    expect(server.get(path('a'))).toEqual(at(30));
    expect(box.isStuck()).toBe(false);
    expect(localStorage.length).toBe(0);
  });

  it('survives a lost connection and a closed page, and is sent when the connection is back', async () => {
    const { server, state } = network();
    state.up = false;
    const before = outbox();
    await before.add('c', 'a', at(30));
    await before.add('c', 'a', at(20, 45));
    await before.add('c', 'b', at(1, 0, true));
    expect(before.isStuck()).toBe(true);
    expect(server.size).toBe(0);
    // Opened again, perhaps days later.
    const after = outbox();
    expect(after.of('c', 'a')).toEqual(at(30, 45));
    state.up = true;
    globalThis.dispatchEvent(new Event('online'));
    await vi.waitFor(() => expect(localStorage.length).toBe(0), { timeout: 20_000 });
    expect(server.get(path('a'))).toEqual(at(30, 45));
    expect(server.get(path('b'))).toEqual(at(1, 0, true));
    expect(after.isStuck()).toBe(false);
  });

  it('keeps what the server could not take now, and drops what it never will', async () => {
    const { state } = network();
    const box = outbox();
    state.status = 503;
    await box.add('c', 'a', at(30));
    expect(box.isStuck()).toBe(true);
    state.status = 404;
    await box.flush();
    expect(box.of('c', 'a')).toBeUndefined();
    expect(box.isStuck()).toBe(false);
  });

  it('loses nothing that is reported while another report is on its way', async () => {
    const arrived: Report[] = [];
    let release: () => void = () => undefined;
    const box = new Outbox('kexun.progress.test', async (_course, _lesson, report) => {
      arrived.push(report);
      if (arrived.length === 1) await new Promise<void>((resolve) => (release = resolve));
    });
    const first = box.add('c', 'a', at(10));
    await vi.waitFor(() => expect(arrived).toHaveLength(1), { timeout: 20_000 });
    void box.add('c', 'a', at(25));
    release();
    await first;
    expect(arrived).toEqual([at(10), at(25)]);
    expect(localStorage.length).toBe(0);
  });

  it('never goes back', () => {
    expect(merged(at(30, 40, true), at(10, 50))).toEqual(at(30, 50, true));
  });

  it('takes a refusal for what it is', async () => {
    const box = new Outbox('kexun.progress.test', () => Promise.reject(new ApiError({ status: 422, code: 'invalid' })));
    await box.add('c', 'a', at(1));
    expect(box.of('c', 'a')).toBeUndefined();
  });
});
