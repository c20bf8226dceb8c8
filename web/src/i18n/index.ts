/**
 * Texts. One namespace an area, one file a language and namespace, loaded when a page first
 * asks for it. Keys are typed by `types.ts`; a test keeps the languages equal.
 */
import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';

export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

const LANGUAGE_KEY = 'kexun.language';
const files = import.meta.glob<{ default: object }>('./{zh-CN,en}/*.json');

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => {
    const load = files[`./${language}/${namespace}.json`];
    if (!load) return done(new Error(`no texts ${language}/${namespace}`), false);
    load().then(
      (module) => done(null, module.default),
      (error: Error) => done(error, false),
    );
  },
};

function startLanguage(): Language {
  const stored = localStorage.getItem(LANGUAGE_KEY);
  if (stored === 'zh-CN' || stored === 'en') return stored;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** Whether this browser's user chose a language here (else the person's own setting counts). */
export const hasChosenLanguage = () => localStorage.getItem(LANGUAGE_KEY) !== null;

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

export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(LANGUAGE_KEY, language);
  await i18next.changeLanguage(language);
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
