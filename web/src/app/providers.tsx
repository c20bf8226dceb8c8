/** What everything stands on: the query client, messages. */
import { useState, type ReactNode } from 'react';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ApiError } from '@/api/client';
import { FeedbackHost } from './FeedbackHost';

function makeClient(): QueryClient {
  // A session that has ended shows at the next request; asking who we are leads to the sign-in page.
  const signedOut = (error: unknown) => {
    if (error instanceof ApiError && error.status === 401) void client.invalidateQueries({ queryKey: ['/me'] });
  };
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, asked) => {
        if (asked.queryKey[0] !== '/me') signedOut(error);
      },
    }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => {
        if (mutation.options.meta?.['signsIn'] !== true) signedOut(error);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => count < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 502),
      },
    },
  });
  return client;
}

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(makeClient);
  return (
    <QueryClientProvider client={client}>
      {children}
      <FeedbackHost />
    </QueryClientProvider>
  );
}
