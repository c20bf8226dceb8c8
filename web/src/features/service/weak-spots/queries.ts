import { useMutation } from '@tanstack/react-query';
import { api, type ApiError } from '@/api/client';
import { useScope } from '@/app/session';
import { useGet, useRefresh } from '@/api/queries';
import type { Funnel, Spot, Uuid, WeakSpots } from '@/api/types';

export function useWeakSpots() {
  const { from, to, shop, team } = useScope();
  return useGet<WeakSpots>('/weak-spots', { from, to, shop, team });
}

export function useFunnel(key: string | null) {
  const { from, to, shop, team } = useScope();
  return useGet<Funnel>('/weak-spots/funnel', { key, from, to, shop, team }, { enabled: key !== null });
}

/** Raises a training need from a weak spot, named by the question that found it. */
export function useRaise() {
  const { from, to, shop, team } = useScope();
  const refresh = useRefresh();
  return useMutation<{ id: Uuid }, ApiError, Spot>({
    mutationFn: (spot) => api.post<{ id: Uuid }>('/needs/from-weak-spot', { from, to, shop, team, agent: spot.agent.id, key: spot.key }),
    onSuccess: () => refresh('/needs', '/home'),
  });
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
