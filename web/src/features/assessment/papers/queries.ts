import { useMutation, useQuery } from '@tanstack/react-query';
import { activeTenant, api, type ApiError } from '@/api/client';
import { useGet, useList, useRefresh } from '@/api/queries';
import type { DrawRule, PaperDetail, PaperItem, PaperSheet, QuestionItem, RulesCount, Topic, Uuid } from '@/api/types';

export interface PaperForm {
  title: string;
  content: PaperItem['content'];
  shuffle_questions: boolean;
  shuffle_options: boolean;
  state?: PaperItem['state'];
}

export const usePapers = (filter: { q: string | null; state: string | null }) => useList<PaperItem>('/papers', filter);

export const usePaper = (id: Uuid) => useGet<PaperDetail>(`/papers/${id}`);

export const useSheet = (id: Uuid, seed: number) => useGet<PaperSheet>(`/papers/${id}/preview`, { seed }, { keep: true });

export const useTopics = () => useGet<{ items: Topic[] }>('/questions/topics');

/** Questions that may go into a paper. */
export const useBank = (filter: { q: string; topic: string | null; kind: string | null }) => useList<QuestionItem>('/questions', { ...filter, state: 'active', limit: 20 });

/** How many questions rules mean, and what is lacking; nothing is stored. */
export const useRulesCount = (rules: DrawRule[]) =>
  useQuery<RulesCount, ApiError>({
    queryKey: ['/papers/count', rules, activeTenant()],
    queryFn: () => api.post<RulesCount>('/papers/count', { rules }),
    placeholderData: (previous) => previous,
    retry: false,
  });

/** Puts a paper together, or changes fields of one. */
export function useSavePaper(paper: PaperItem | null) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (form: Partial<PaperForm>) => (paper ? api.patch<PaperDetail>(`/papers/${paper.id}`, { ...form, version: paper.version }) : api.post<PaperDetail>('/papers', form)),
    onSuccess: () => refresh('/papers'),
  });
}
