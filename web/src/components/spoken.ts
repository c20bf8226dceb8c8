/** Days and times inside the texts that the server sends, as a person says them: 11月23日 周一 14:00–15:30. */
import i18n from 'i18next';

const DATED = /^(\d{4})-(\d{2})-(\d{2})(?: (\d{2}:\d{2}(?:–\d{2}:\d{2})?))?$/;

/** One value of a text; what is no day stays as it is. */
export function spokenDay(text: string, locale: string, year: number): string {
  const found = DATED.exec(text);
  if (!found) return text;
  const date = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return text;
  const time = found[4];
  const day = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    month: 'short',
    day: 'numeric',
    ...(Number(found[1]) === year ? {} : { year: 'numeric' as const }),
  }).format(date);
  if (!time) return day;
  const weekday = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short' }).format(date);
  return locale === 'en' ? `${weekday} ${day}, ${time}` : `${day} ${weekday} ${time}`;
}

/** The values of a text with their days spoken. */
export function spoken<T extends Record<string, unknown>>(params: T, now: Date = new Date()): T {
  const said = Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? spokenDay(value, i18n.language, now.getFullYear()) : value]);
  return Object.fromEntries(said) as T;
}
