import { describe, expect, it } from 'vitest';
import { instantOf, mondayOf, shownAt, slotOf } from './times';

describe('clock times of a zone', () => {
  it('become instants and come back', () => {
    expect(instantOf('2026-07-01', '10:00', 'Asia/Shanghai')).toBe('2026-07-01T02:00:00.000Z');
    expect(instantOf('2026-07-01', '00:30', 'Asia/Shanghai')).toBe('2026-06-30T16:30:00.000Z');
    expect(shownAt('2026-06-30T16:30:00Z', 'Asia/Shanghai')).toEqual({ day: '2026-07-01', time: '00:30' });
    expect(instantOf('2026-07-01', '10:00', 'Asia/Kathmandu')).toBe('2026-07-01T04:15:00.000Z');
  });

  it('hold where clocks change', () => {
    // Berlin goes from +1 to +2 on 29 March 2026 at two in the morning.
    expect(instantOf('2026-03-29', '01:30', 'Europe/Berlin')).toBe('2026-03-29T00:30:00.000Z');
    expect(instantOf('2026-03-29', '03:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    expect(instantOf('2026-03-28', '23:30', 'Europe/Berlin')).toBe('2026-03-28T22:30:00.000Z');
  });

  it('may end on the next day', () => {
    expect(slotOf('2026-07-01', '22:00', '00:30', 'Asia/Shanghai')).toEqual({ starts_at: '2026-07-01T14:00:00.000Z', ends_at: '2026-07-01T16:30:00.000Z' });
    expect(slotOf('2026-07-01', '09:00', '10:30', 'Asia/Shanghai').ends_at).toBe('2026-07-01T02:30:00.000Z');
  });
});

it('a week begins on Monday', () => {
  expect(mondayOf('2026-07-01')).toBe('2026-06-29');
  expect(mondayOf('2026-06-29')).toBe('2026-06-29');
  expect(mondayOf('2026-07-05')).toBe('2026-06-29');
});
