import { describe, expect, it } from 'vitest';
import { axisOver } from './scale';

describe('an axis over values', () => {
  it('ends on round numbers around them', () => {
    expect(axisOver('seconds', [62, 95], { least: 0, most: Infinity })).toEqual({ min: 50, max: 100, interval: 10 });
    expect(axisOver('share', [0.81, 0.93], { least: 0, most: 1 })).toEqual({ min: 0.75, max: 0.95, interval: 0.05 });
  });

  it('never leaves the bounds', () => {
    expect(axisOver('share', [0.97, 1], { least: 0, most: 1 }).max).toBe(1);
    expect(axisOver('seconds', [0, 2], { least: 0, most: Infinity }).min).toBe(0);
  });

  it('holds differences on both sides of zero', () => {
    const { min, max } = axisOver('seconds', [-37, 4], { least: -Infinity, most: Infinity });
    expect(min).toBeLessThanOrEqual(-37);
    expect(max).toBeGreaterThanOrEqual(4);
  });
});
