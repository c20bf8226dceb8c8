/**
 * What the first page will ask for is asked before the program that shows it has come: on a slow line the answers
 * are there when it is.
 */
import { api, setTenant, type Params } from './client';
import { tenantOf } from './tenant';
import type { Me } from './types';

interface Asked {
  answer: Promise<unknown>;
  at: number;
}

/** An answer that nobody has wanted for so long is no longer news (ms). */
const FRESH = 10_000;
const asked = new Map<string, Asked>();

const name = (path: string, params: Params) => `${path} ${JSON.stringify(params)}`;

function ask<T>(path: string, params: Params = {}): Promise<T> {
  const answer = api.get<T>(path, params);
  // Who takes it hears of its failure; nobody need take it.
  answer.catch(() => undefined);
  asked.set(name(path, params), { answer, at: Date.now() });
  return answer;
}

/** Asks for whatever the page at this address begins with. */
export function askEarly({ pathname, search }: Location): void {
  if (pathname === '/sign-in') return;
  const tenant = tenantOf(new URLSearchParams(search));
  setTenant(tenant);
  const me = ask<Me>('/me', { tenant });
  if (pathname !== '/') return;
  void ask('/home');
  // Not everybody may know them.
  me.then(({ rights }) => rights.includes('kpi:read') && ask('/kpi/definitions')).catch(() => undefined);
}

/** Forgets what was asked for whoever was here before: nobody, most often, and that was refused. */
export const forgetEarly = (): void => asked.clear();

/** The answer that was asked for early, once. */
export function takeEarly<T>(path: string, params: Params): Promise<T> | undefined {
  const key = name(path, params);
  const found = asked.get(key);
  asked.delete(key);
  return found && Date.now() - found.at < FRESH ? (found.answer as Promise<T>) : undefined;
}
