import { useScope } from '@/app/session';
import { useGet } from '@/api/queries';
import type { Funnel, Spot, WeakSpots } from '@/api/types';

export function useWeakSpots() {
  const { from, to, shop, team } = useScope();
  return useGet<WeakSpots>('/weak-spots', { from, to, shop, team }, { keep: true });
}

export function useFunnel(key: string | null) {
  const { from, to, shop, team } = useScope();
  return useGet<Funnel>('/weak-spots/funnel', { key, from, to, shop, team }, { enabled: key !== null, keep: true });
}

/** Who changed teams is judged in each. */
export const keyOf = (spot: Spot): string => [spot.key, spot.agent.id, spot.shop.id, spot.team?.id].join('-');

/** How sure, in four words rather than in decimals that nobody can weigh. */
export function sureness(certainty: number): 'almost' | 'very' | 'rather' | 'hardly' {
  if (certainty >= 0.99) return 'almost';
  if (certainty >= 0.95) return 'very';
  if (certainty >= 0.8) return 'rather';
  return 'hardly';
}
