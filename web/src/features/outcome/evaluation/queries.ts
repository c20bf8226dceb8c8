import { useMutation } from '@tanstack/react-query';
import { api } from '@/api/client';
import { useGet, useList, useRefresh } from '@/api/queries';
import type { ClassReport, Definition, Evaluation, EvaluationDraft, EvaluationLine, Listing, Uuid } from '@/api/types';

export const subjectKinds = ['class', 'course', 'plan'] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/** Where the things of a kind are listed. */
const rooms = { class: '/classes', course: '/courses', plan: '/plans' } as const satisfies Record<SubjectKind, string>;

export const isSubjectKind = (text: string | null): text is SubjectKind => subjectKinds.some((kind) => kind === text);

export const useEvaluations = (subject: { kind: string | null; id: string | null }) => useList<EvaluationLine>('/evaluations', subject);

export const useEvaluation = (id: Uuid) => useGet<Evaluation>(`/evaluations/${id}`);

export const useClassReport = (id: Uuid) => useGet<ClassReport>(`/evaluations/reports/class/${id}`);

interface Thing {
  id: Uuid;
  title: string;
}

/** What can be chosen of a kind, as far as this person sees it. */
export const useThings = (kind: SubjectKind) => useGet<Listing<Thing>>(rooms[kind], { limit: 200 });

export function useEvaluate() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (draft: EvaluationDraft) => api.post<Evaluation>('/evaluations', draft),
    onSuccess: () => refresh('/evaluations'),
  });
}

export function useRecalculate(id: Uuid) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => api.post<Evaluation>(`/evaluations/${id}/refresh`),
    onSuccess: () => refresh('/evaluations'),
  });
}

/** Whether a training can be judged by a figure: a mean or a share that can be cut into weeks. */
export const fits = ({ unit, key }: Definition): boolean => unit !== 'count' && !key.startsWith('fcr');
