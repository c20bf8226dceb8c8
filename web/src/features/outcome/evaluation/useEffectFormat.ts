import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Unit } from '@/api/types';

/** Differences of a figure, with their sign; shares in percentage points. */
export function useEffectFormat() {
  const { t } = useTranslation('evaluation');
  return useMemo(() => {
    const bare = (value: number, unit: Unit, width: number): string => {
      const scaled = unit === 'share' ? value * 100 : value;
      const spread = unit === 'share' ? width * 100 : width;
      const digits = spread >= 10 ? 0 : spread >= 1 ? 1 : 2;
      const text = Math.abs(scaled).toFixed(digits);
      if (!/[1-9]/.test(text)) return '0';
      return `${scaled < 0 ? '−' : '+'}${text}`;
    };
    const named = (text: string, unit: Unit): string => {
      if (unit === 'seconds') return t('unit.seconds', { value: text });
      return unit === 'share' ? t('unit.points', { value: text }) : text;
    };
    return {
      /** One difference; `width` (of its interval) decides the decimals. */
      difference: (value: number, unit: Unit, width: number) => named(bare(value, unit, width), unit),
      range: (low: number, high: number, unit: Unit) => named(t('range', { low: bare(low, unit, high - low), high: bare(high, unit, high - low) }), unit),
    };
  }, [t]);
}
