import { useMutation } from '@tanstack/react-query';
import { api } from '@/api/client';
import { useProblemText } from '@/components/problem';
import { currentLanguage, setLanguage, type Language } from '@/i18n';
import { feedback } from './feedback';

/** The language of who is signed in. A choice holds on this device at once; the server keeps it for mails, exports and other devices. */
export function useLanguage() {
  const problem = useProblemText();
  const remember = useMutation({ mutationFn: (locale: Language) => api.patch('/me', { locale }), onError: (error) => feedback.error(problem(error)) });
  return {
    language: currentLanguage(),
    choose: (language: Language) => {
      void setLanguage(language);
      remember.mutate(language);
    },
  };
}
