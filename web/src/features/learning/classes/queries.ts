import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { activeTenant, api, type ApiError } from '@/api/client';
import { useGet, useList, useRefresh } from '@/api/queries';
import type {
  Attendance,
  ClassChoices,
  ClassCode,
  ClassConflicts,
  ClassDetail,
  ClassDraft,
  ClassFeedback,
  ClassItem,
  ClassSignedIn,
  ClassState,
  ClassWanted,
  FeedbackAnswers,
  Uuid,
} from '@/api/types';

interface Filter {
  q?: string | null;
  state?: ClassState | null;
  mine?: boolean;
  after?: string;
  before?: string;
  limit?: number;
}

export const useClasses = (filter: Filter) => useList<ClassItem>('/classes', { ...filter });

/** Milliseconds around a class in which who comes is followed as it happens. */
const AROUND = 3_600_000;

function isOn({ state, starts_at, ends_at }: ClassItem): boolean {
  const now = Date.now();
  return state === 'announced' && now > Date.parse(starts_at) - AROUND && now < Date.parse(ends_at) + 2 * AROUND;
}

export const useClass = (id: Uuid) => useGet<ClassDetail>(`/classes/${id}`, {}, { poll: (found) => (found && isOn(found) ? 4000 : false) });

export const useChoices = (enabled: boolean) => useGet<ClassChoices>('/classes/choices', {}, { enabled });

/** What stands against a class that is being written down; nothing is asked while it is incomplete. */
export function useConflicts(wanted: ClassWanted | null) {
  return useQuery<ClassConflicts, ApiError>({
    queryKey: ['/classes/conflicts', wanted, activeTenant()],
    queryFn: () => api.post<ClassConflicts>('/classes/conflicts', wanted),
    enabled: wanted !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** Asked again when the code changes, and often enough to see who came. */
export const useCode = (id: Uuid) =>
  useGet<ClassCode>(`/classes/${id}/code`, {}, { poll: (code) => (code ? Math.min(3000, Math.max(400, Date.parse(code.changes_at) - Date.parse(code.now) + 100)) : 3000) });

export const useFeedback = (id: Uuid, enabled: boolean) => useGet<ClassFeedback>(`/classes/${id}/feedback`, {}, { enabled });

function useDone() {
  const refresh = useRefresh();
  return () => refresh('/classes', '/home', '/notices', '/thread');
}

export function useSaveClass(old: ClassDetail | null) {
  const onSuccess = useDone();
  return useMutation({
    mutationFn: (draft: ClassDraft) =>
      old ? api.put<ClassDetail>(`/classes/${old.id}`, { class: draft, version: old.version }) : api.post<ClassDetail>('/classes', draft),
    onSuccess,
  });
}

export function useSteps({ id, version }: { id: Uuid; version: number }) {
  const onSuccess = useDone();
  const announce = useMutation({ mutationFn: () => api.post(`/classes/${id}/announce`, { version }), onSuccess });
  const cancel = useMutation({ mutationFn: (reason: string) => api.post(`/classes/${id}/cancel`, { reason, version }), onSuccess });
  const close = useMutation({ mutationFn: () => api.post(`/classes/${id}/close`, { version }), onSuccess });
  return { announce, cancel, close };
}

export function useAttendance(id: Uuid) {
  const onSuccess = useDone();
  const path = (staff: Uuid) => `/classes/${id}/participants/${staff}`;
  const set = useMutation({
    mutationFn: ({ staff, ...change }: { staff: Uuid; status: Attendance; reason: string; version: number }) => api.patch(path(staff), change),
    onSuccess,
  });
  const answer = useMutation({
    mutationFn: ({ staff, ...change }: { staff: Uuid; granted: boolean; version: number }) => api.post(`${path(staff)}/leave`, change),
    onSuccess,
  });
  return { set, answer };
}

export function useLeave(id: Uuid) {
  const onSuccess = useDone();
  return useMutation({ mutationFn: (reason: string) => api.post(`/classes/${id}/leave`, { reason }), onSuccess });
}

export function useSignIn(id: Uuid) {
  const onSuccess = useDone();
  return useMutation<ClassSignedIn, ApiError, string>({ mutationFn: (code) => api.post<ClassSignedIn>(`/classes/${id}/sign-in`, { code }), onSuccess });
}

export function useGiveFeedback(id: Uuid) {
  const onSuccess = useDone();
  return useMutation({ mutationFn: (answers: FeedbackAnswers) => api.put<FeedbackAnswers>(`/classes/${id}/feedback`, answers), onSuccess });
}
