import { useMutation } from '@tanstack/react-query';
import { api, query, upload } from '@/api/client';
import { useGet, useList, useRefresh } from '@/api/queries';
import type { Import, ImportKind, ImportState, Rejection, Uuid } from '@/api/types';

export const busy = (state: ImportState) => state === 'queued' || state === 'reading' || state === 'merging' || state === 'undoing';

/** All imports; while one is at work the list follows it. */
export const useImports = () => useList<Import>('/imports', {}, { poll: (items) => (items?.some((item) => busy(item.state)) ? 2000 : false) });

export const useImport = (id: Uuid) => useGet<Import>(`/imports/${id}`, {}, { poll: (item) => (item && busy(item.state) ? 1000 : false) });

/** Who ordered it, where the server says so by name. */
export const personOf = ({ by }: Import): string | null => (typeof by === 'object' && by ? by.name : null);

export const useRejections = (id: Uuid) => useList<Rejection>(`/imports/${id}/rejections`);

export type DateOrder = 'dmy' | 'mdy';

export interface Wanted {
  kind: ImportKind;
  /** Code of the shop of rows that name none. */
  shop: string | null;
  date_order: DateOrder | null;
}

/** Sends a file. What is to be seen of it belongs into `mutate`'s own callbacks: who has left the page stays where he is. */
export function useUpload(onProgress: (sent: number, total: number) => void) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ file, wanted }: { file: File; wanted: Wanted }) => upload<Import>(`/imports${query({ ...wanted })}`, file, onProgress),
    onSuccess: () => refresh('/imports'),
  });
}

export function useUndo(id: Uuid) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => api.post<Import>(`/imports/${id}/undo`),
    onSuccess: () => refresh('/imports', '/kpi', '/conversations', '/weak-spots', '/home'),
  });
}
