import { useGet } from '@/api/queries';
import type { Me } from '@/api/types';
import { activeTenant } from '@/api/client';
import { useMe } from '../session';

const MINUTE = 60_000;

/** Unread notices, asked again each minute. */
export function useUnread(): number {
  const me = useMe();
  const fresh = useGet<Me>('/me', { tenant: activeTenant() }, { poll: () => MINUTE });
  return fresh.data?.unread ?? me.unread;
}
