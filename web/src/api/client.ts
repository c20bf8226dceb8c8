/** The one way to the server: typed requests, problems as errors, tenant and CSRF headers. */
import type { FieldProblem, Problem } from './types';

export const BASE = '/api/v1';

/** A refused or failed request. `code` is the contract's, or `network` when no answer came. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: string | undefined;
  readonly fields: FieldProblem[];
  readonly requestId: string | undefined;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title ?? problem.code);
    this.name = 'ApiError';
    this.code = problem.code;
    this.status = problem.status;
    this.detail = problem.detail;
    this.fields = problem.fields ?? [];
    this.requestId = problem.request_id ?? undefined;
  }
}

export type Params = Record<string, string | number | boolean | null | undefined>;

let tenant: string | null = null;

/** The tenant that requests speak of; null leaves the choice to the server. */
export function setTenant(slug: string | null): void {
  tenant = slug;
}

/** The tenant that answers now belong to; part of every query key. */
export const activeTenant = (): string | null => tenant;

export function query(params: Params = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}

/** The address of a download: links cannot send headers, so the tenant goes into the query. */
export function downloadUrl(path: string, params: Params = {}): string {
  return `${BASE}${path}${query({ ...params, tenant })}`;
}

function headers(method: string, json: boolean): Headers {
  const result = new Headers({ Accept: 'application/json' });
  if (tenant) result.set('Kexun-Tenant', tenant);
  if (json) result.set('Content-Type', 'application/json');
  if (method !== 'GET') {
    result.set('X-Kexun', '1');
    result.set('Idempotency-Key', newKey());
  }
  return result;
}

/** `randomUUID` exists only on https and localhost; a shop's own server may be plain http. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function problemFrom(status: number, body: unknown): ApiError {
  if (typeof body === 'object' && body !== null && 'code' in body) {
    return new ApiError({ ...(body as Problem), status });
  }
  const code = status === 413 ? 'too_large' : status === 404 ? 'not_found' : status >= 500 ? 'internal' : 'unknown';
  return new ApiError({ status, code });
}

async function request<T>(method: string, path: string, options: { body?: unknown; signal?: AbortSignal } = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`${BASE}${path}`, {
      method,
      headers: headers(method, options.body !== undefined),
      body: options.body === undefined ? null : JSON.stringify(options.body),
      credentials: 'same-origin',
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError({ status: 0, code: 'network' });
  }
  const text = await response.text();
  const body = parse(text);
  if (!response.ok) throw problemFrom(response.status, body);
  return body as T;
}

function parse(text: string): unknown {
  if (!text) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

export const api = {
  get: <T>(path: string, params?: Params, signal?: AbortSignal) =>
    request<T>('GET', `${path}${query(params)}`, signal ? { signal } : {}),
  post: <T>(path: string, body: unknown = {}) => request<T>('POST', path, { body }),
  patch: <T>(path: string, body: unknown) => request<T>('PATCH', path, { body }),
  put: <T>(path: string, body: unknown) => request<T>('PUT', path, { body }),
  delete: <T>(path: string) => request<T>('DELETE', path),
};

/** Sends a file; `onProgress` hears bytes sent and in all. Fetch cannot report this, XHR can. */
export function upload<T>(
  path: string,
  file: File,
  onProgress: (sent: number, total: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open('POST', `${BASE}${path}`);
    headers('POST', false).forEach((value, name) => xhr.setRequestHeader(name, value));
    xhr.upload.onprogress = (event) => onProgress(event.loaded, event.total);
    xhr.onload = () => {
      const body = parse(xhr.responseText);
      if (xhr.status >= 200 && xhr.status < 300) resolve(body as T);
      else reject(problemFrom(xhr.status, body));
    };
    xhr.onerror = () => reject(new ApiError({ status: 0, code: 'network' }));
    xhr.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    signal?.addEventListener('abort', () => xhr.abort());
    const form = new FormData();
    form.append('file', file);
    xhr.send(form);
  });
}
