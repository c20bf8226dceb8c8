import { expect, it } from 'vitest';
import { hoursOf } from './words';

it('tells minutes as hours of lessons', () => {
  expect([45, 60, 90, 100].map(hoursOf)).toEqual([0.75, 1, 1.5, 1.67]);
});
