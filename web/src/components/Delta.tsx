import { useTranslation } from 'react-i18next';
import type { Definition } from '@/api/types';
import { useFormat } from './format';

type Shape = Pick<Definition, 'unit' | 'better'>;

/** The change against the period before, in the figure's own unit. No colour: noise is not news. */
export function Delta({ value, previous, shape }: { value: number | null; previous: number | null; shape: Shape }) {
  const { t } = useTranslation();
  const { figure } = useFormat();
  if (value === null || previous === null) return <span className="k-faint k-small">{t('delta.none')}</span>;
  const change = value - previous;
  const size = shape.unit === 'share' ? t('delta.points', { count: Number((Math.abs(change) * 100).toFixed(1)) }) : figure(Math.abs(change), shape.unit);
  if (Math.abs(change) < 1e-9 || /^0(\D|$)/.test(size) && !/[1-9]/.test(size)) {
    return <span className="k-faint k-small">{t('delta.same')}</span>;
  }
  return (
    <span className="k-faint k-small k-nowrap" title={t('delta.before', { value: figure(previous, shape.unit) })}>
      {change > 0 ? '↑' : '↓'} {size}
    </span>
  );
}
