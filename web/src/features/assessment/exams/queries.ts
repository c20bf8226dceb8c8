import { useMutation, useQuery } from '@tanstack/react-query';
import { activeTenant, api, ApiError } from '@/api/client';
import { useGet, useList, useRefresh } from '@/api/queries';
import type {
  AnswerToMark,
  AttemptItem,
  AttemptReview,
  ClassDetail,
  ExamDetail,
  ExamItem,
  ExamResult,
  Listing,
  MarkingOverview,
  NewExam,
  OwnExam,
  PaperItem,
  Sitting,
  StaffItem,
  Uuid,
} from '@/api/types';
import type { Entry, Outcome } from './outbox';

export const useOwnExams = () => useList<OwnExam>('/exams/own');
export const useExams = (enabled: boolean) => useList<ExamItem>('/exams', {}, { enabled });
export const useExam = (id: Uuid) => useGet<ExamDetail>(`/exams/${id}`);
export const useResults = (id: Uuid, enabled: boolean) => useGet<Listing<ExamResult>>(`/exams/${id}/results`, {}, { enabled });
export const useReview = (attempt: Uuid) => useGet<AttemptReview>(`/attempts/${attempt}/review`);
export const usePapers = () => useList<PaperItem>('/papers', { state: 'active', limit: 200 });
/** The class that an exam is set because of. */
export const useClassOf = (id: Uuid | null) => useGet<ClassDetail>(`/classes/${id}`, {}, { enabled: id !== null });
export const useStaffNamed = (q: string, enabled: boolean) => useGet<Listing<StaffItem>>('/staff', { q, limit: 50 }, { enabled, keep: true });

export function useSetExam() {
  const refresh = useRefresh();
  return useMutation<ExamDetail, ApiError, NewExam>({ mutationFn: (draft) => api.post('/exams', draft), onSuccess: () => refresh('/exams', '/classes', '/thread', '/home') });
}

export function useCancelExam(id: Uuid) {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (version: number) => api.post<ExamDetail>(`/exams/${id}/cancel`, { version }), onSuccess: () => refresh('/exams', '/home') });
}

// ---- sitting -----------------------------------------------------------------------------

export function useBegin(exam: Uuid) {
  const refresh = useRefresh();
  return useMutation({ mutationFn: () => api.post<Sitting>(`/exams/${exam}/attempts`), onSuccess: () => refresh('/exams', '/home') });
}

/** The attempt with how far the server's clock is ahead of this device's. Never from a cache: clocks go on. */
export function useSitting(attempt: Uuid | null) {
  return useQuery<{ sitting: Sitting; aheadMs: number }, ApiError>({
    queryKey: ['/attempts', attempt, activeTenant()],
    queryFn: async ({ signal }) => {
      const sitting = await api.get<Sitting>(`/attempts/${attempt}`, {}, signal);
      return { sitting, aheadMs: Date.parse(sitting.server_now) - Date.now() };
    },
    enabled: attempt !== null,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

/** Sends an answer; says what became of it. */
export async function sendAnswer(attempt: Uuid, { n, response, seq }: Entry): Promise<Outcome> {
  try {
    await api.put(`/attempts/${attempt}/answers/${n}`, { response, client_seq: seq });
    return { kind: 'saved' };
  } catch (error) {
    if (!(error instanceof ApiError)) return { kind: 'later' };
    if (error.code === 'invalid' || error.code === 'not_found') return { kind: 'refused' };
    if (error.code !== 'conflict') return { kind: 'later' };
    try {
      const now = await api.get<Sitting>(`/attempts/${attempt}`);
      const over = now.state !== 'sitting' || Date.parse(now.server_now) > Date.parse(now.deadline);
      return over ? { kind: 'over' } : { kind: 'behind', lastSeq: now.last_seq };
    } catch {
      return { kind: 'later' };
    }
  }
}

export function useSubmit(attempt: Uuid) {
  const refresh = useRefresh();
  return useMutation({ mutationFn: () => api.post<AttemptItem>(`/attempts/${attempt}/submit`), onSuccess: () => refresh('/exams', '/home', '/attempts') });
}

/** Tells the server that the page was left; nothing depends on its arrival. */
export const tellLeft = (attempt: Uuid, seconds: number) => void api.post(`/attempts/${attempt}/signs`, { kind: 'left_page', seconds }).catch(() => undefined);

// ---- marking -----------------------------------------------------------------------------

export const useMarking = (exam: Uuid) => useGet<MarkingOverview>(`/exams/${exam}/marking`);
export const useAnswers = (exam: Uuid, question: Uuid, revision: number) => useList<AnswerToMark>(`/exams/${exam}/marking/${question}`, { revision });

export function useMark() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, ...mark }: { id: Uuid; points: number; comment: string; version: number }) => api.put<AnswerToMark>(`/marks/${id}`, mark),
    onSuccess: () => refresh('/exams', '/home'),
  });
}
