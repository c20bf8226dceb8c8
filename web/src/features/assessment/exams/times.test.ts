import { expect, it } from 'vitest';
import { countdown } from './times';

it('seconds run down as a clock does', () => {
  expect(countdown(3723)).toBe('1:02:03');
  expect(countdown(1799.2)).toBe('30:00');
  expect(countdown(-3)).toBe('0:00');
});
