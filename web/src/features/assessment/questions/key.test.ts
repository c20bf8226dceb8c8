import { describe, expect, it } from 'vitest';
import { questionKinds, type QuestionKey } from '@/api/types';
import { asKind, emptyKey, faultOf, isStrict, tidy, weighed } from './key';

const options = (...texts: string[]) => texts.map((text) => ({ text, share: 0, feedback: '' }));

describe('what is right', () => {
  it('gives the right options of a multiple choice all points together', () => {
    const shares = (strict: boolean) => weighed(options('a', 'b', 'c', 'd'), [0, 2], 'multiple', strict).map(({ share }) => share);
    expect(shares(true)).toEqual([0.5, -1, 0.5, -1]);
    expect(shares(false)).toEqual([0.5, 0, 0.5, 0]);
    expect(weighed(options('a', 'b'), [1], 'single', true).map(({ share }) => share)).toEqual([0, 1]);
  });

  it('keeps options between single and multiple, and only there', () => {
    const multiple: QuestionKey = { kind: 'multiple', options: weighed(options('a', 'b', 'c'), [1, 2], 'multiple', true) };
    const single = asKind(multiple, 'single');
    expect(single).toMatchObject({ kind: 'single', options: [{ share: 0 }, { text: 'b', share: 1 }, { share: 0 }] });
    expect(asKind(single, 'true_false')).toEqual(emptyKey('true_false'));
  });

  it('drops what nobody filled in', () => {
    expect(tidy({ kind: 'single', options: options('a', 'b', '', '') })).toMatchObject({ options: [{ text: 'a' }, { text: 'b' }] });
    expect(tidy({ kind: 'single', options: options('', '', '', '') })).toMatchObject({ options: [{}, {}] });
  });

  it('says what is missing before it is sent', () => {
    const single = (right: number[], ...texts: string[]): QuestionKey => ({ kind: 'single', options: weighed(options(...texts), right, 'single', true) });
    expect(faultOf(single([0], 'a', 'b', ''))).toBeNull();
    expect(faultOf(single([0], 'a', '', 'c'))).toBe('empty_option');
    expect(faultOf(single([2], 'a', 'b', ''))).toBe('empty_option');
    expect(faultOf(single([0], 'a', ' a'))).toBe('same_options');
    expect(faultOf(single([], 'a', 'b'))).toBe('no_right');
    expect(faultOf(emptyKey('fill_in'))).toBe('no_answer');
    expect(questionKinds.filter((kind) => faultOf(emptyKey(kind)) === null)).toEqual(['true_false', 'short_answer']);
    expect(isStrict(options('a', 'b'))).toBe(true);
  });
});
