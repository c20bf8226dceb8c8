import { useTranslation } from 'react-i18next';
import type { Unit } from '@/api/types';
import { useFormat } from './format';
import './figure.css';

interface Props {
  estimate: number;
  low: number;
  high: number;
  peers: number | null;
  target: number | null;
  unit: Unit;
  /** Upper end of the axis, common to rows that are compared; the axis starts at zero. */
  max?: number;
}

const WIDTH = 240;
const AXIS = 14;

/** An estimate with its interval as a band, peers as a line, the target dashed; axis from zero. */
export function Interval({ estimate, low, high, peers, target, unit, max }: Props) {
  const { t } = useTranslation();
  const { estimate: told } = useFormat();
  const most = Math.max(high, peers ?? 0, target ?? 0);
  // Small shares get an axis they can be seen on; it still starts at zero.
  const top = unit === 'share' ? ([0.1, 0.25, 0.5].find((end) => most <= end) ?? 1) : (max ?? most * 1.1);
  const x = (value: number) => (top > 0 ? (Math.min(Math.max(value, 0), top) / top) * WIDTH : 0);
  const words = [
    t('interval.range', { value: told(estimate, unit), low: told(low, unit), high: told(high, unit) }),
    peers === null ? '' : t('interval.peers', { value: told(peers, unit) }),
    target === null ? '' : t('interval.target', { value: told(target, unit) }),
  ].filter(Boolean);
  const anchor = (at: number) => (at < 30 ? 'start' : at > WIDTH - 30 ? 'end' : 'middle');
  return (
    <svg className="interval" viewBox={`0 0 ${WIDTH} 36`} preserveAspectRatio="xMinYMid meet" role="img" aria-label={words.join(', ')}>
      <title>{words.join(', ')}</title>
      <line className="interval-axis" x1={0} x2={WIDTH} y1={AXIS} y2={AXIS} />
      <rect className="interval-band" x={x(low)} width={Math.max(x(high) - x(low), 2)} y={AXIS - 6} height={12} rx={3} />
      {target !== null && <line className="interval-target" x1={x(target)} x2={x(target)} y1={AXIS - 11} y2={AXIS + 11} />}
      {peers !== null && (
        <>
          <line className="interval-peers" x1={x(peers)} x2={x(peers)} y1={AXIS - 9} y2={AXIS + 9} />
          <text x={x(peers)} y={AXIS + 20} textAnchor={anchor(x(peers))}>
            {t('interval.peersShort', { value: told(peers, unit) })}
          </text>
        </>
      )}
      <circle className="interval-dot" cx={x(estimate)} cy={AXIS} r={4} />
    </svg>
  );
}
