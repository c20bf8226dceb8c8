import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Unit } from '@/api/types';

/** Differences of a figure, with their sign; shares in percentage points. */
export function useEffectFormat() {
  const { t } = useTranslation('evaluation');
  return useMemo(() => {
    const bare = (value: number, unit: Unit, width: number, least = 0): string => {
      const scaled = unit === 'share' ? value * 100 : value;
      const spread = unit === 'share' ? width * 100 : width;
      const digits = Math.max(least, spread >= 10 ? 0 : spread >= 1 ? 1 : 2);
      const text = Math.abs(scaled).toFixed(digits);
      if (!/[1-9]/.test(text)) return '0';
      return `${scaled < 0 ? '−' : '+'}${text}`;
    };
    /** An interval without zero is not shown with it: as many decimals as its nearer end needs. */
    const range = (low: number, high: number, unit: Unit): string => {
      const nearer = Math.abs(low) < Math.abs(high) ? low : high;
      let least = 0;
      while (low * high > 0 && least < 6 && bare(nearer, unit, high - low, least) === '0') least += 1;
      return t('range', { low: bare(low, unit, high - low, least), high: bare(high, unit, high - low, least) });
    };
    const named = (text: string, unit: Unit): string => {
      if (unit === 'seconds') return t('unit.seconds', { value: text });
      return unit === 'share' ? t('unit.points', { value: text }) : text;
    };
    return {
      /** One difference; `width` (of its interval) decides the decimals. */
      difference: (value: number, unit: Unit, width: number) => named(bare(value, unit, width), unit),
      range: (low: number, high: number, unit: Unit) => named(range(low, high, unit), unit),
    };
  }, [t]);
}
