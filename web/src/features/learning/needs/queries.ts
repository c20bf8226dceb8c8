import { useMutation } from '@tanstack/react-query';
import { api } from '@/api/client';
import { useGet, useList, useRefresh } from '@/api/queries';
import type { Competence, NeedDetail, NeedItem, NeedRule, Task, TaskDraft, Uuid } from '@/api/types';

export type NeedFilter = Record<'state' | 'source' | 'competence' | 'severity' | 'q' | 'shop' | 'team', string | null> & { mine: boolean | null };

export const useNeeds = (filter: NeedFilter) => useList<NeedItem>('/needs', { ...filter });

export const useOpenNeeds = () => useList<NeedItem>('/needs', { open: true, limit: 200 });

export const useNeed = (id: Uuid) => useGet<NeedDetail>(`/needs/${id}`);

export interface Report {
  title: string;
  description?: string;
  competence?: Competence | null;
  severity?: number | null;
  people?: Uuid[];
}

/** Whatever changes a need changes the list, its tasks and what the home page says. */
function useChange<V, T>(mutationFn: (values: V) => Promise<T>) {
  const refresh = useRefresh();
  return useMutation({ mutationFn, onSuccess: () => refresh('/needs', '/tasks', '/home') });
}

export const useReport = () => useChange((report: Report) => api.post<{ id: Uuid }>('/needs', report));

export interface Forward {
  version: number;
  title?: string;
  words?: string;
  competence?: Competence | null;
  severity?: number | null;
  people?: Uuid[];
}

export const useForward = (id: Uuid) => useChange((change: Forward) => api.post<NeedDetail>(`/needs/${id}/forward`, change));

export const useMerge = (id: Uuid) => useChange((change: { version: number; into: Uuid }) => api.post<NeedDetail>(`/needs/${id}/merge`, change));

export const useSettle = (id: Uuid) => useChange((change: { version: number; reason?: string; task?: TaskDraft }) => api.post<NeedDetail>(`/needs/${id}/settle`, change));

export const useRule = () => useGet<NeedRule>('/needs/rule');

export const useSetRule = () => useChange((rule: { version: number; active: boolean }) => api.put<NeedRule>('/needs/rule', rule));

export const useRunRule = () => useChange(() => api.post('/needs/rule/run'));

export const useTasks = (filter: { mine: boolean | null; state: string | null }) => useList<Task>('/tasks', filter);

export const useDone = (id: Uuid) => useChange((change: { version: number; note: string }) => api.post<Task>(`/tasks/${id}/done`, change));
