import type { Unit } from '@/api/types';
import { secondsAxis } from '@/components/charts/secondsAxis';

/** Steps of an axis that people say: whole seconds of a clock, whole per cent. */
function stepOf(unit: Unit, width: number): number {
  if (unit === 'seconds') return secondsAxis(unit, width).interval ?? 1;
  const steps = unit === 'share' ? [0.01, 0.02, 0.05, 0.1, 0.2] : [0.05, 0.1, 0.2, 0.5, 1, 2, 5];
  return steps.find((step) => width / step <= 6) ?? Math.max(...steps);
}

/** Ends and steps of an axis that holds all values with some air, on round numbers. */
export function axisOver(unit: Unit, values: number[], bounds: { least: number; most: number }): { min: number; max: number; interval: number } {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const air = (high - low || Math.abs(high) || 1) * 0.15;
  const bottom = Math.max(bounds.least, low - air);
  const top = Math.min(bounds.most, high + air);
  const interval = stepOf(unit, top - bottom);
  const snap = (value: number, round: (value: number) => number) => Number((round(value / interval) * interval).toFixed(6));
  return {
    min: Math.max(bounds.least, snap(bottom + interval * 1e-6, Math.floor)),
    max: Math.min(bounds.most, snap(top - interval * 1e-6, Math.ceil)),
    interval,
  };
}
