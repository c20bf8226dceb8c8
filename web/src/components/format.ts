/** Numbers and times as a person reads them. Nothing here invents precision. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Unit } from '@/api/types';
import { spokenDay } from './spoken';

export const NONE = '—';

/** Below this many cases a share or mean is shown pale with "too few to tell". */
export const FEW = 20;

/** Seconds as parts: under a minute to the second, under an hour m+s, else h+min. */
export function durationParts(seconds: number): { h: number; m: number; s: number } {
  const whole = Math.round(seconds);
  return { h: Math.floor(whole / 3600), m: Math.floor((whole % 3600) / 60), s: whole % 60 };
}

/** A share has a decimal only where the cases carry it: one case in a thousand. */
export function shareDigits(n: number | undefined): number {
  return n !== undefined && n >= 1000 ? 1 : 0;
}

export function useFormat() {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const locale = i18n.language;
    const count = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
    const points = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
    const ratio = new Intl.NumberFormat(locale, { maximumFractionDigits: 2, minimumFractionDigits: 2 });

    const duration = (seconds: number): string => {
      const { h, m, s } = durationParts(seconds);
      if (h > 0) return m > 0 ? t('unit.hm', { h, m }) : t('unit.h', { h });
      if (m > 0) return s > 0 ? t('unit.ms', { m, s }) : t('unit.m', { m });
      return t('unit.s', { s });
    };

    const figure = (value: number | null | undefined, unit: Unit, n?: number | null): string => {
      if (value === null || value === undefined) return NONE;
      if (unit === 'count') return count.format(value);
      if (unit === 'seconds') return duration(value);
      if (unit === 'share') {
        return new Intl.NumberFormat(locale, {
          style: 'percent',
          maximumFractionDigits: shareDigits(n ?? undefined),
          minimumFractionDigits: shareDigits(n ?? undefined),
        }).format(value);
      }
      return ratio.format(value);
    };

    // What was estimated is told to a tenth of a per cent, as the sentences beside it are.
    const tenths = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
    const estimate = (value: number, unit: Unit): string => (unit === 'share' ? tenths.format(value) : figure(value, unit));

    const inZone = (at: string, zone: string | undefined, options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, { ...options, hourCycle: 'h23', ...(zone ? { timeZone: zone } : {}) }).format(new Date(at));

    return {
      figure,
      estimate,
      duration,
      count: (value: number) => count.format(value),
      // Plus zero: a sum of nothing may be -0, which nobody wants to read.
      points: (value: number) => points.format(value + 0),
      // In English with the month's name: 11/10 is a day in October to one half of the readers.
      time: (at: string, zone?: string) =>
        inZone(at, zone, { year: 'numeric', month: locale === 'en' ? 'short' : '2-digit', day: locale === 'en' ? 'numeric' : '2-digit', hour: '2-digit', minute: '2-digit' }),
      clock: (at: string, zone?: string) => inZone(at, zone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }),
      day: (day: string) => spokenDay(day, locale, new Date().getFullYear()),
      bytes: (bytes: number): string => {
        if (bytes < 1024) return `${bytes} B`;
        if (bytes < 1024 ** 2) return `${count.format(bytes / 1024)} KB`;
        if (bytes < 1024 ** 3) return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
        return `${(bytes / 1024 ** 3).toFixed(2)} GB`;
      },
    };
  }, [t, i18n.language]);
}
