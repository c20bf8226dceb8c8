/**
 * The address carries every filter: where (tenant, shop, team), when (from, to), and whatever
 * a page adds. Links keep where and when.
 */
import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import type { Day } from '@/api/types';

export const scopeNames = ['tenant', 'shop', 'team', 'from', 'to'] as const;

/** `path` with the scope of `current` added, unless the path names its own. */
export function withScope(path: string, current: URLSearchParams): string {
  const [beforeHash = '', hash] = path.split('#');
  const [name = '', own = ''] = beforeHash.split('?');
  const search = new URLSearchParams(own);
  for (const key of scopeNames) {
    const value = current.get(key);
    if (value && !search.has(key)) search.set(key, value);
  }
  const text = search.toString();
  return `${name}${text ? `?${text}` : ''}${hash ? `#${hash}` : ''}`;
}

/** Turns a path into a link that stays in the same scope and period. */
export function useScopedTo(): (path: string) => string {
  const [search] = useSearchParams();
  return useCallback((path: string) => withScope(path, search), [search]);
}

type Patch = Record<string, string | null | undefined>;

/** Reads and changes the address's parameters; an empty value removes one. */
export function useAddress() {
  const { search, pathname } = useLocation();
  const navigate = useNavigate();
  const params = useMemo(() => new URLSearchParams(search), [search]);
  const set = useCallback(
    (patch: Patch, options: { replace?: boolean } = {}) => {
      // Read at the time of the call: two changes in one tick must both count.
      const next = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(patch)) {
        if (value === null || value === undefined || value === '') next.delete(name);
        else next.set(name, value);
      }
      const text = next.toString();
      void navigate(`${pathname}${text ? `?${text}` : ''}`, { replace: options.replace ?? true, preventScrollReset: true });
    },
    [navigate, pathname],
  );
  return { params, get: (name: string) => params.get(name), set };
}

/** Today where the tenant is. */
export function today(zone: string, now: Date = new Date()): Day {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
}

export function addDays(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** How many days a period has, both ends included. */
export function daysIn(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000) + 1;
}

/** The period of equal length that ends the day before. */
export function periodBefore(from: Day, to: Day): { from: Day; to: Day } {
  const length = daysIn(from, to);
  return { from: addDays(from, -length), to: addDays(from, -1) };
}

export interface Preset {
  key: 'week' | 'thirty' | 'ninety' | 'month' | 'lastMonth';
  from: Day;
  to: Day;
}

/** The periods one click away. Those of so many days end yesterday: a day that is not over would look weak. */
export function presets(now: Day): Preset[] {
  const first = `${now.slice(0, 7)}-01`;
  const endOfLast = addDays(first, -1);
  const yesterday = addDays(now, -1);
  return [
    { key: 'week', from: addDays(now, -7), to: yesterday },
    { key: 'thirty', from: addDays(now, -30), to: yesterday },
    { key: 'ninety', from: addDays(now, -90), to: yesterday },
    { key: 'month', from: first, to: now },
    { key: 'lastMonth', from: `${endOfLast.slice(0, 7)}-01`, to: endOfLast },
  ];
}

const isDay = (text: string | null): text is Day => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text);

/** The period in force: the address's, or the last 30 full days. */
export function periodOf(params: URLSearchParams, zone: string): { from: Day; to: Day } {
  const from = params.get('from');
  const to = params.get('to');
  if (isDay(from) && isDay(to) && from <= to) return { from, to };
  const now = today(zone);
  return { from: addDays(now, -30), to: addDays(now, -1) };
}
