import { describe, expect, it } from 'vitest';
import { countdown, instantOf, localOf } from './times';

describe('times of a form', () => {
  it('are those of the zone, there and back', () => {
    expect(instantOf('2026-07-01T09:00', 'Asia/Shanghai')).toBe('2026-07-01T01:00:00.000Z');
    expect(localOf(Date.parse('2026-07-01T01:00:00Z'), 'Asia/Shanghai')).toBe('2026-07-01T09:00');
    for (const local of ['2026-03-29T01:30', '2026-03-29T03:30', '2026-10-25T12:00']) {
      expect(localOf(Date.parse(instantOf(local, 'Europe/Berlin')), 'Europe/Berlin')).toBe(local);
    }
  });

  it('run down', () => {
    expect(countdown(3723)).toBe('1:02:03');
    expect(countdown(1799.2)).toBe('30:00');
    expect(countdown(-3)).toBe('0:00');
  });
});
