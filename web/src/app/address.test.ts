import { describe, expect, it } from 'vitest';
import { addDays, daysIn, periodBefore, periodOf, presets, today, withScope } from './address';

describe('periods', () => {
  it('know which day it is in the tenant’s zone', () => {
    const night = new Date('2026-01-31T17:30:00Z');
    expect(today('Asia/Shanghai', night)).toBe('2026-02-01');
    expect(today('Europe/London', night)).toBe('2026-01-31');
  });

  it('include both ends, and the one before has the same length', () => {
    expect(daysIn('2026-03-01', '2026-03-01')).toBe(1);
    expect(periodBefore('2026-03-01', '2026-03-31')).toEqual({ from: '2026-01-29', to: '2026-02-28' });
    // Across a change of summer time in zones that have one: days are counted, not hours.
    expect(addDays('2026-03-29', 1)).toBe('2026-03-30');
  });

  it('offer last month whole', () => {
    expect(presets('2026-03-15').find(({ key }) => key === 'lastMonth')).toMatchObject({ from: '2026-02-01', to: '2026-02-28' });
  });

  it('fall back to thirty days where the address is wrong', () => {
    const fallback = periodOf(new URLSearchParams('from=x&to=2026-01-01'), 'Asia/Shanghai');
    expect(daysIn(fallback.from, fallback.to)).toBe(30);
    expect(daysIn(periodOf(new URLSearchParams('from=2026-02-01&to=2026-01-01'), 'UTC').from, fallback.to)).toBeGreaterThan(0);
    expect(periodOf(new URLSearchParams('from=2026-01-01&to=2026-01-31'), 'UTC')).toEqual({ from: '2026-01-01', to: '2026-01-31' });
  });
});

describe('links', () => {
  const here = new URLSearchParams('tenant=a&shop=1&from=2026-01-01&to=2026-01-31&ev=x&sort=y');

  it('keep where and when, and nothing else', () => {
    expect(withScope('/staff', here)).toBe('/staff?tenant=a&shop=1&from=2026-01-01&to=2026-01-31');
  });

  it('keep what they say themselves', () => {
    expect(withScope('/conversations?from=2025-01-01&to=2025-01-02#top', new URLSearchParams('from=2026-01-01&tenant=a'))).toBe('/conversations?from=2025-01-01&to=2025-01-02&tenant=a#top');
  });
});
