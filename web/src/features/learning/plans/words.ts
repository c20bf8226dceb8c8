import { useTranslation } from 'react-i18next';
import { useDefinitions } from '@/components/definitions';
import { useFormat } from '@/components/format';
import type { Audience, Competence } from '@/api/types';

const isAudience = (value: unknown): value is Audience => typeof value === 'object' && value !== null && 'everybody' in value && 'staff' in value;

/** For whom, in words; who may not be named is counted. */
export function useAudience(names: Record<string, string>): (audience: Audience) => string {
  const { t } = useTranslation('plans');
  const { t: common } = useTranslation();
  return (audience) => {
    const known = audience.staff.map((id) => names[id]).filter((name) => name !== undefined);
    const hidden = audience.staff.length - known.length;
    const parts = [
      audience.everybody ? t('audience.everybody') : '',
      ...[...audience.shops, ...audience.teams].map((id) => names[id] ?? '—'),
      ...audience.levels,
      ...known,
      hidden > 0 ? t('audience.others', { count: hidden }) : '',
    ].filter(Boolean);
    return parts.join(common('listSeparator')) || t('audience.nobody');
  };
}

/** Yuan of fen. */
export function useMoney(): (fen: number) => string {
  const { i18n } = useTranslation();
  const format = new Intl.NumberFormat(i18n.language, { style: 'currency', currency: 'CNY', minimumFractionDigits: 0, maximumFractionDigits: 2 });
  return (fen) => format.format(fen / 100);
}

/** Minutes as hours of lessons. */
export const hoursOf = (minutes: number): number => Math.round((minutes / 60) * 100) / 100;

/** A field's value as a difference tells it. */
export function useFieldValue(names: Record<string, string>, needs: Record<string, string>): (field: string, value: unknown) => string {
  const { t } = useTranslation('plans');
  const { t: common } = useTranslation();
  const { name: figure } = useDefinitions();
  const { day } = useFormat();
  const money = useMoney();
  const audience = useAudience(names);
  return (field, value) => {
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return t('empty2');
    if (isAudience(value)) return audience(value);
    if (Array.isArray(value)) return value.map((id) => needs[String(id)] ?? '—').join(common('listSeparator'));
    const text = String(value);
    if (field === 'budget') return money(Number(value));
    if (field === 'minutes') return t('item.hours', { count: hoursOf(Number(value)) });
    if (field === 'figure') return figure(text);
    if (field === 'competence') return common(`competence.${text as Competence}`);
    if (field === 'lecturer') return names[text] ?? '—';
    if (field === 'from' || field === 'to') return day(text);
    return text;
  };
}
