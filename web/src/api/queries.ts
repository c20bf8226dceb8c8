/** Shared shapes of reading and writing through the one query client. */
import { useCallback, useMemo } from 'react';
import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { activeTenant, api, type ApiError, type Params } from './client';
import { takeEarly } from './early';
import type { Listing } from './types';

/** One empty list for all, so that nothing is calculated anew while a list is on its way. */
const NONE: never[] = [];

interface Options<D> {
  enabled?: boolean;
  /** Milliseconds until asked again, given what is known; false: not again. */
  poll?: (data: D | undefined) => number | false;
  /** Keep what is shown while the parameters change. */
  keep?: boolean;
}

/**
 * Why there is nothing to show; null while there is something from before. Asking again by itself may fail, as on
 * every lost connection, and must not take away what somebody reads or is filling in.
 */
export const blockedBy = <E>({ data, error }: { data: unknown; error: E | null }): E | null => (data === undefined ? error : null);

/** Reads one resource. The key is path, parameters and tenant, so that equal requests share an answer. */
export function useGet<T>(path: string, params: Params = {}, options: Options<T> = {}) {
  const { poll } = options;
  return useQuery<T, ApiError>({
    queryKey: [path, params, activeTenant()],
    queryFn: ({ signal }) => takeEarly<T>(path, params) ?? api.get<T>(path, params, signal),
    enabled: options.enabled ?? true,
    refetchInterval: poll ? ({ state }) => poll(state.data) : false,
    placeholderData: options.keep ? (previous) => previous : undefined,
  });
}

/** Reads a cursor-paged list page by page. */
export function useList<T, P extends Listing<T> = Listing<T>>(path: string, params: Params = {}, options: Options<T[]> = {}) {
  const { poll } = options;
  const result = useInfiniteQuery<P, ApiError, InfiniteData<P>, [string, string, Params, string | null], string | null>({
    queryKey: [path, 'list', params, activeTenant()],
    queryFn: ({ pageParam, signal }) => api.get<P>(path, { ...params, cursor: pageParam }, signal),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    enabled: options.enabled ?? true,
    refetchInterval: poll ? ({ state }) => poll(state.data?.pages.flatMap((page) => page.items)) : false,
  });
  const items = useMemo(() => result.data?.pages.flatMap((page) => page.items) ?? NONE, [result.data]);
  return {
    items,
    /** The first page as a whole, for what it says beside its items. */
    first: result.data?.pages[0],
    loading: result.isPending && result.fetchStatus !== 'idle',
    /** That something failed: to be shown beside the items. */
    error: result.error,
    /** That nothing has come: to be shown in their place. */
    blocked: blockedBy(result),
    retry: () => void result.refetch(),
    hasMore: result.hasNextPage,
    loadingMore: result.isFetchingNextPage,
    loadMore: () => void result.fetchNextPage(),
  };
}

/** Marks everything below the given paths as out of date. */
export function useRefresh() {
  const client = useQueryClient();
  return useCallback(
    (...paths: string[]) =>
      client.invalidateQueries({
        predicate: ({ queryKey }) => paths.some((path) => typeof queryKey[0] === 'string' && queryKey[0].startsWith(path)),
      }),
    [client],
  );
}
