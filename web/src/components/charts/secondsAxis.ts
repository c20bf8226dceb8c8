import type { Unit } from '@/api/types';

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 43_200, 86_400];

/** Steps of an axis of seconds that people say: half a minute, two minutes, not a minute forty. */
export function secondsAxis(unit: Unit, top: number): { interval?: number; max?: number } {
  if (unit !== 'seconds' || !(top > 0)) return {};
  const interval = STEPS.find((step) => top / step <= 6) ?? 86_400;
  return { interval, max: Math.ceil(top / interval) * interval };
}
