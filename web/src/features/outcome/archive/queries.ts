import { useQuery } from '@tanstack/react-query';
import { activeTenant, api, type ApiError } from '@/api/client';
import { useGet, useList } from '@/api/queries';
import type { Archive, ArchiveCandidate, ArchiveLook, ArchivePerson, ArchiveRequest, Listing } from '@/api/types';

/** One's own archive, or with an id somebody else's. Each look at another's is logged: it is asked for once. */
export function useArchive(staff: string | null) {
  return useQuery<Archive, ApiError>({
    queryKey: [staff ? `/archive/${staff}` : '/archive', {}, activeTenant()],
    queryFn: ({ signal }) => api.get<Archive>(staff ? `/archive/${staff}` : '/archive', {}, signal),
    ...(staff ? { staleTime: Infinity, retry: false } : {}),
  });
}

export const useLooks = (staff: string) => useList<ArchiveLook>(`/archive/${staff}/looks`);

export const useArchivePeople = (q: string | null) => useList<ArchivePerson>('/archive/people', { q });

export const useRequests = () => useList<ArchiveRequest>('/archive-requests');

export const useCandidates = (q: string) => useGet<Listing<ArchiveCandidate>>('/archive-requests/candidates', { q }, { keep: true });
