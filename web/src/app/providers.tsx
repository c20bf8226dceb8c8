/** What everything stands on: theme, texts of Ant Design, the query client, messages. */
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import type { Locale } from 'antd/es/locale';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/client';
import { useMedia } from '@/components/useMedia';
import { FeedbackHost } from './FeedbackHost';
import { useMode } from './preferences';
import { antdTheme, WIDE } from './theme';

const locales: Record<string, () => Promise<{ default: Locale }>> = {
  'zh-CN': () => import('antd/locale/zh_CN'),
  en: () => import('antd/locale/en_US'),
};

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
  const mode = useMode();
  const touch = useMedia(`(max-width: ${WIDE - 1}px)`);
  const theme = useMemo(() => antdTheme(mode, touch), [mode, touch]);
  const { i18n } = useTranslation();
  // Never without one: the provider would mount everything below it anew when it comes.
  const [locale, setLocale] = useState<Locale>({ locale: i18n.language });

  useEffect(() => {
    let current = true;
    void locales[i18n.language]?.().then((module) => {
      if (current) setLocale(module.default);
    });
    return () => {
      current = false;
    };
  }, [i18n.language]);

  return (
    <QueryClientProvider client={client}>
      <ConfigProvider locale={locale} theme={theme} button={{ autoInsertSpace: false }}>
        {children}
        <FeedbackHost />
      </ConfigProvider>
    </QueryClientProvider>
  );
}
