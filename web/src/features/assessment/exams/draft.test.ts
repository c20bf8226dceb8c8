import { describe, expect, it } from 'vitest';
import type { ClassDetail } from '@/api/types';
import { draftOf, start, takers, type Values } from './draft';

const ZONE = 'Asia/Shanghai';
const values: Values = {
  title: '月考',
  competence: 'culture',
  paper: 'p',
  opens: '2026-07-01T09:00',
  closes: '2026-07-02T09:00',
  minutes: 45,
  attempts: 2,
  limits: { excellent: 90, good: 80, pass: 66.7 },
  credits: 1.5,
  shows_answers: 'never',
  makes_up: false,
  make_up: { after_days: 3, window_days: 7, times: 1 },
  who: 'hand',
  shops: ['forgotten when another way was chosen'],
  staff: ['a', 'b'],
};

describe('the form of an exam', () => {
  it('means the exam that it shows', () => {
    const draft = draftOf(values, ZONE, 'class:c1');
    expect(draft.opens_at).toBe('2026-07-01T01:00:00.000Z');
    expect(draft.limits).toEqual({ excellent: 0.9, good: 0.8, pass: 0.667 });
    expect(draft.audience).toEqual({ everybody: false, shops: [], teams: [], levels: [], staff: ['a', 'b'] });
    expect(draft.make_up).toBeNull();
    expect(draft.causes).toEqual([{ kind: 'class', id: 'c1' }]);
    expect(draftOf(values, ZONE, 'nonsense:1').causes).toEqual([]);
  });

  it('begins at once, for a week', () => {
    const begin = start(Date.parse('2026-07-01T01:23:00Z'), ZONE, { title: null, competence: null, people: [] });
    expect([begin.opens, begin.closes]).toEqual(['2026-07-01T09:20', '2026-07-08T09:20']);
  });

  it('of a class, begins with its competence and with those who may have been there', () => {
    const people = takers({
      participants: (['present', 'late', 'leave', 'absent', 'invited'] as const).map((status) => ({ id: status, name: status, status }) as ClassDetail['participants'][number]),
    });
    const begin = start(0, ZONE, { title: '退换货', competence: 'after_sales', people });
    expect(begin).toMatchObject({ title: '退换货', competence: 'after_sales', who: 'hand', staff: ['present', 'late', 'invited'] });
    expect(start(0, ZONE, { title: null, competence: 'nonsense', people: [] })).not.toHaveProperty('competence');
  });
});
