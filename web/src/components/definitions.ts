import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '@/api/queries';
import type { Definition } from '@/api/types';

/** What each figure counts, and its name in the language in force. */
export function useDefinitions(enabled = true) {
  const { i18n } = useTranslation();
  const found = useGet<Definition[]>('/kpi/definitions', {}, { enabled });
  return useMemo(() => {
    const all = found.data ?? [];
    const byKey = new Map(all.map((definition) => [definition.key, definition]));
    const english = i18n.language === 'en';
    return {
      all,
      loading: found.isPending,
      error: found.error,
      get: (key: string) => byKey.get(key),
      name: (key: string) => {
        const definition = byKey.get(key);
        return definition ? definition.name[english ? 'en' : 'zh'] : key;
      },
    };
  }, [found.data, found.isPending, found.error, i18n.language]);
}
