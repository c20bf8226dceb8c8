import { useTranslation } from 'react-i18next';
import type { EvaluationEffect, Unit } from '@/api/types';
import { useEffectFormat } from './useEffectFormat';
import '@/components/figure.css';

const WIDTH = 240;
const AXIS = 14;

/** An effect with its interval as a band around zero: what crosses the line in the middle may be nothing. */
export function EffectInterval({ effect, unit, most }: { effect: EvaluationEffect; unit: Unit; most?: number }) {
  const { t } = useTranslation('evaluation');
  const { difference, range } = useEffectFormat();
  const end = Math.max(most ?? 0, Math.abs(effect.low), Math.abs(effect.high)) * 1.1 || 1;
  const x = (value: number) => WIDTH / 2 + (value / end) * (WIDTH / 2);
  const words = t('interval', { value: difference(effect.effect, unit, effect.high - effect.low), range: range(effect.low, effect.high, unit) });
  return (
    <svg className="interval" viewBox={`0 0 ${WIDTH} 36`} preserveAspectRatio="xMinYMid meet" role="img" aria-label={words}>
      <title>{words}</title>
      <line className="interval-axis" x1={0} x2={WIDTH} y1={AXIS} y2={AXIS} />
      <line className="interval-peers" x1={x(0)} x2={x(0)} y1={AXIS - 10} y2={AXIS + 10} />
      <rect className="interval-band" x={x(effect.low)} width={Math.max(x(effect.high) - x(effect.low), 2)} y={AXIS - 6} height={12} rx={3} />
      <circle className="interval-dot" cx={x(effect.effect)} cy={AXIS} r={4} />
      <text x={x(0)} y={AXIS + 20} textAnchor="middle">
        {t('none')}
      </text>
    </svg>
  );
}
