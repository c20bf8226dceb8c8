/**
 * Texts. One namespace an area, one file a language and namespace, loaded when a page first
 * asks for it. Keys are typed by `types.ts`; a test keeps the languages equal.
 */
import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { loadTexts, rememberLanguage, startLanguage, type Language } from './files';

export { hasChosenLanguage, languages, rememberLanguage, type Language } from './files';

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => {
    loadTexts(language, namespace).then(
      (module) => done(null, module.default),
      (error: Error) => done(error, false),
    );
  },
};

export async function startTexts(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: startLanguage(),
      fallbackLng: false,
      load: 'currentOnly',
      ns: ['common', 'errors'],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}

/** Shows another language without taking it for this browser's user's choice. */
export async function showLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
}

/** Shows the language that this browser's user chose, now and from now on. */
export async function setLanguage(language: Language): Promise<void> {
  rememberLanguage(language);
  await showLanguage(language);
}

export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'zh-CN';
}

/** A text that the server gives in both languages. */
export interface Bilingual {
  zh: string;
  en: string;
}

/** Words that come in English, and perhaps in Chinese beside. */
export const inLanguage = (english: string, chinese: string | undefined): string => (currentLanguage() === 'en' ? english : (chinese ?? english));

export const pick = (text: Bilingual): string => (currentLanguage() === 'en' ? text.en : text.zh);
