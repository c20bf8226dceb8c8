import { useMutation } from '@tanstack/react-query';
import { api, upload } from '@/api/client';
import { useGet, useList, useRefresh } from '@/api/queries';
import type { Competence, QuestionDetail, QuestionImport, QuestionItem, QuestionKey, QuestionState, Topic, Uuid } from '@/api/types';

export interface QuestionForm {
  text: string;
  key: QuestionKey;
  topic: string;
  competence: Competence | null;
  difficulty: number;
  explanation: string;
  state: QuestionState;
}

export type Filter = Record<'q' | 'topic' | 'competence' | 'kind' | 'difficulty' | 'state', string | null>;

export const useQuestions = (filter: Filter) => useList<QuestionItem>('/questions', filter);

export const useQuestion = (id: Uuid) => useGet<QuestionDetail>(`/questions/${id}`);

export const useTopics = () => useGet<{ items: Topic[] }>('/questions/topics');

/** Writes a new question, or changes fields of one. */
export function useSaveQuestion(question: QuestionItem | null) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (form: Partial<QuestionForm>) =>
      question ? api.patch<QuestionDetail>(`/questions/${question.id}`, { ...form, version: question.version }) : api.post<QuestionDetail>('/questions', form),
    onSuccess: () => refresh('/questions', '/papers'),
  });
}

export function useQuestionImport() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ file, dryRun }: { file: File; dryRun: boolean }) => upload<QuestionImport>(`/questions/import${dryRun ? '?dry_run=true' : ''}`, file),
    onSuccess: (_answer, { dryRun }) => (dryRun ? undefined : refresh('/questions')),
  });
}
