import { describe, expect, it } from 'vitest';
import { instantOf, localOf, shownAt } from './zones';

describe('clock times of a zone', () => {
  it('become instants and come back', () => {
    expect(instantOf('2026-07-01T10:00', 'Asia/Shanghai')).toBe('2026-07-01T02:00:00.000Z');
    expect(instantOf('2026-07-01T00:30', 'Asia/Shanghai')).toBe('2026-06-30T16:30:00.000Z');
    expect(shownAt('2026-06-30T16:30:00Z', 'Asia/Shanghai')).toEqual({ day: '2026-07-01', time: '00:30' });
    expect(instantOf('2026-07-01T10:00', 'Asia/Kathmandu')).toBe('2026-07-01T04:15:00.000Z');
    expect(localOf(Date.parse('2026-07-01T01:00:00Z'), 'Asia/Shanghai')).toBe('2026-07-01T09:00');
  });

  it('hold where clocks change', () => {
    // Berlin goes from +1 to +2 on 29 March 2026 at two in the morning.
    expect(instantOf('2026-03-29T01:30', 'Europe/Berlin')).toBe('2026-03-29T00:30:00.000Z');
    expect(instantOf('2026-03-29T03:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    expect(instantOf('2026-03-28T23:30', 'Europe/Berlin')).toBe('2026-03-28T22:30:00.000Z');
    for (const local of ['2026-03-29T01:30', '2026-03-29T03:30', '2026-10-25T12:00']) {
      expect(localOf(Date.parse(instantOf(local, 'Europe/Berlin')), 'Europe/Berlin')).toBe(local);
    }
  });
});
