/** What the evidence drawer shows stands in the address: `ev` (which cases) and `chat` (which one is open). */
import { useMemo } from 'react';
import { useAddress } from '@/app/address';
import { useRight } from '@/app/session';

/** Parameters of the list of conversations behind a figure. */
export interface Evidence {
  key?: string;
  from: string;
  to: string;
  shop?: string | null;
  team?: string | null;
  agent?: string | null;
  /** Only those that make the figure worse. */
  miss?: boolean;
  /** Heading, in words. */
  title: string;
}

export function writeEvidence(evidence: Evidence): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(evidence)) {
    if (value !== null && value !== undefined && value !== false) search.set(name, String(value));
  }
  return search.toString();
}

export function readEvidence(text: string | null): Evidence | null {
  if (!text) return null;
  const search = new URLSearchParams(text);
  const from = search.get('from');
  const to = search.get('to');
  if (!from || !to) return null;
  const key = search.get('key');
  return {
    ...(key ? { key } : {}),
    from,
    to,
    shop: search.get('shop'),
    team: search.get('team'),
    agent: search.get('agent'),
    miss: search.get('miss') === 'true',
    title: search.get('title') ?? '',
  };
}

export function useEvidence() {
  const { get, set } = useAddress();
  const mayRead = useRight('conversation:read');
  const text = mayRead ? get('ev') : null;
  const evidence = useMemo(() => readEvidence(text), [text]);
  const chat = get('chat');
  return {
    evidence,
    chat,
    /** Whether this person may read what stands behind a figure. */
    mayRead,
    /** Opens the drawer; in another tenant where one is named. */
    open: (next: Evidence, tenant: string | null = null) =>
      set({ ev: writeEvidence(next), chat: null, ...(tenant ? { tenant, shop: null, team: null, by: null, rows: null } : {}) }, { replace: false }),
    close: () => set({ ev: null, chat: null }),
    change: (patch: Partial<Evidence>) => evidence && set({ ev: writeEvidence({ ...evidence, ...patch }) }),
    openChat: (id: string | null) => set({ chat: id }),
  };
}
