import i18next from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/client';
import { currentLanguage } from '@/i18n';

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

/** What the server says beside the code, which it says in English: nothing on a Chinese page. */
export const serversWords = (error: unknown): string | undefined => (error instanceof ApiError && currentLanguage() === 'en' ? error.detail : undefined);

interface FieldErrors {
  name: string[];
  errors: string[];
}

/** Problems of single fields in the shape of an Ant Design form. */
export function fieldErrors(error: unknown): FieldErrors[] {
  if (!(error instanceof ApiError)) return [];
  return error.fields.map(({ field, detail }) => ({ name: field.split('.'), errors: [currentLanguage() === 'en' ? detail : i18next.t('fieldWrong')] }));
}

/** The same for the field of a new password: of the right length, it is refused for being easily guessed. */
export function passwordErrors(error: unknown, field: string): FieldErrors[] {
  if (!(error instanceof ApiError) || !error.fields.some((fault) => fault.field === field)) return [];
  return [{ name: [field], errors: [i18next.t('passwordGuessed')] }];
}
