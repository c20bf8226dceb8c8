/** The files of texts, apart from what reads them: the first are asked for before that has come. */
export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

const KEY = 'kexun.language';
const files = import.meta.glob<{ default: object }>('./{zh-CN,en}/*.json');

export function loadTexts(language: string, namespace: string): Promise<{ default: object }> {
  const load = files[`./${language}/${namespace}.json`];
  return load ? load() : Promise.reject(new Error(`no texts ${language}/${namespace}`));
}

function stored(): Language | null {
  const text = localStorage.getItem(KEY);
  return text === 'zh-CN' || text === 'en' ? text : null;
}

/** Whether this browser's user chose a language here (else the person's own setting counts). */
export const hasChosenLanguage = () => stored() !== null;

export const rememberLanguage = (language: Language) => localStorage.setItem(KEY, language);

/** The language to begin with: the chosen one, else the browser's. */
export const startLanguage = (): Language => stored() ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
