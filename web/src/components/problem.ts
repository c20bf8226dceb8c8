import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/client';

/** Turns any error into words: what happened, and what to do. */
export function useProblemText(): (error: unknown) => string {
  const { t, i18n } = useTranslation('errors');
  return useCallback(
    (error: unknown) => {
      const code = error instanceof ApiError ? error.code : 'unknown';
      // A code that this version does not know yet: the server's own words are the best there is.
      if (!i18n.exists(`errors:${code}`)) {
        return error instanceof ApiError && error.detail ? error.detail : t('unknown');
      }
      return i18n.t(`errors:${code}` as 'errors:unknown');
    },
    [t, i18n],
  );
}

/** Problems of single fields in the shape of an Ant Design form. */
export function fieldErrors(error: unknown): { name: string[]; errors: string[] }[] {
  if (!(error instanceof ApiError)) return [];
  return error.fields.map(({ field, detail }) => ({ name: field.split('.'), errors: [detail] }));
}
