import { useMutation } from '@tanstack/react-query';
import { api } from '@/api/client';
import { useGet, useList, useRefresh } from '@/api/queries';
import type { Day, NeedItem, PlanContent, PlanDetail, PlanHead, PlanKind, Uuid } from '@/api/types';

export const usePlans = (filter: { kind: string | null; state: string | null }) => useList<PlanHead>('/plans', filter);

export const usePlan = (id: Uuid, number: string | null) => useGet<PlanDetail>(`/plans/${id}`, { number }, { keep: true });

export const useOpenNeeds = () => useList<NeedItem>('/needs', { open: true, limit: 200 });

export interface DraftAsked {
  kind: PlanKind;
  from: Day;
  to: Day;
  shop: Uuid | null;
  team: Uuid | null;
  needs: Uuid[];
}

/** Asks for a proposal where there are needs, and keeps it as a draft. */
export function useMake() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async ({ asked, blank }: { asked: DraftAsked; blank: string }) => {
      const { needs, ...frame } = asked;
      const content = needs.length > 0 ? await api.post<PlanContent>('/plans/draft', asked) : { ...frame, title: blank, items: [] };
      return api.post<PlanDetail>('/plans', content);
    },
    onSuccess: () => refresh('/plans', '/home'),
  });
}

function useStep<V>(send: (values: V) => Promise<PlanDetail>) {
  const refresh = useRefresh();
  return useMutation({ mutationFn: send, onSuccess: () => refresh('/plans', '/needs', '/home') });
}

export const useSave = (id: Uuid) => useStep((values: { version: number; content: PlanContent }) => api.put<PlanDetail>(`/plans/${id}`, values));

/** Submitting, approving, sending back, revising. */
export const useMove = (id: Uuid) =>
  useStep(({ step, ...values }: { step: 'submit' | 'approve' | 'return' | 'revise'; version: number; comment?: string }) => api.post<PlanDetail>(`/plans/${id}/${step}`, values));
