import { describe, expect, it } from 'vitest';
import { mondayOf, slotOf } from './times';

describe('the time of a class', () => {
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
