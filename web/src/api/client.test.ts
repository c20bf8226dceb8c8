import { afterEach, describe, expect, it, vi } from 'vitest';
import { api, ApiError, downloadUrl, problemFrom, query, setTenant } from './client';

function answer(status: number, body: unknown, type = 'application/json') {
  const fetched = vi.fn(() => Promise.resolve(new Response(body === null ? null : typeof body === 'string' ? body : JSON.stringify(body), { status, headers: { 'content-type': type } })));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

const sent = (fetched: ReturnType<typeof answer>) => {
  const [url, init] = fetched.mock.calls[0] as unknown as [string, RequestInit];
  return { url, init, headers: init.headers as Headers };
};

afterEach(() => setTenant(null));

describe('client', () => {
  it('leaves out parameters without a value', () => {
    expect(query({ a: 1, b: null, c: undefined, d: '', e: false, f: '售前' })).toBe('?a=1&e=false&f=%E5%94%AE%E5%89%8D');
  });

  it('names the tenant in a header, and in the address of a download', async () => {
    setTenant('qinghe');
    const fetched = answer(200, []);
    await api.get('/shops', { q: 'x' });
    expect(sent(fetched).url).toBe('/api/v1/shops?q=x');
    expect(sent(fetched).headers.get('Kexun-Tenant')).toBe('qinghe');
    expect(downloadUrl('/staff/export', { format: 'csv' })).toBe('/api/v1/staff/export?format=csv&tenant=qinghe');
  });

  it('sends CSRF header and a fresh idempotency key with every write, with none of them on reads', async () => {
    const fetched = answer(201, {});
    await api.post('/shops', { name: 'A' });
    await api.post('/shops', { name: 'A' });
    const keys = fetched.mock.calls.map((call) => ((call as unknown as [string, RequestInit])[1].headers as Headers).get('Idempotency-Key'));
    expect(sent(fetched).headers.get('X-Kexun')).toBe('1');
    expect(new Set(keys).size).toBe(2);
    const read = answer(200, {});
    await api.get('/shops');
    expect(sent(read).headers.get('X-Kexun')).toBeNull();
  });

  it('takes an empty answer', async () => {
    answer(204, null);
    await expect(api.delete('/session')).resolves.toBeNull();
  });

  it('turns a problem into an error with code, fields and request id', async () => {
    answer(422, { status: 422, code: 'invalid', detail: 'no', fields: [{ field: 'name', code: 'empty', detail: 'is empty' }], request_id: 'r1' }, 'application/problem+json');
    const error = await api.post('/shops', {}).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: 'invalid', status: 422, requestId: 'r1', fields: [{ field: 'name' }] });
  });

  it('has a code for answers that are no problems, and for none at all', async () => {
    expect(problemFrom(413, null).code).toBe('too_large');
    expect(problemFrom(502, null).code).toBe('internal');
    answer(500, '<html>');
    await expect(api.get('/x')).rejects.toMatchObject({ code: 'internal' });
    vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new TypeError('failed'))));
    await expect(api.get('/x')).rejects.toMatchObject({ code: 'network', status: 0 });
  });
});
