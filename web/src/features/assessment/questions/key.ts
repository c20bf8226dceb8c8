/** What is right, while it is being written. */
import type { QuestionKey, QuestionKind } from '@/api/types';

type Options = Extract<QuestionKey, { kind: 'single' | 'multiple' }>['options'];

const blankOptions = (): Options => [0, 1, 2, 3].map(() => ({ text: '', share: 0, feedback: '' }));

/** What a question of this kind starts with. */
export function emptyKey(kind: QuestionKind): QuestionKey {
  switch (kind) {
    case 'single':
    case 'multiple':
      return { kind, options: blankOptions() };
    case 'true_false':
      return { kind, answer: true };
    case 'fill_in':
      return { kind, accepted: [{ text: '', share: 1, feedback: '' }], case_sensitive: false };
    case 'short_answer':
      return { kind, model: '', rubric: '' };
  }
}

/** The same answers for another kind, as far as they have a meaning there. */
export function asKind(key: QuestionKey, kind: QuestionKind): QuestionKey {
  if (key.kind === kind) return key;
  if ((key.kind === 'single' || key.kind === 'multiple') && (kind === 'single' || kind === 'multiple')) {
    const right = key.options.flatMap((option, at) => (option.share > 0 ? [at] : []));
    return { kind, options: weighed(key.options, kind === 'single' ? right.slice(0, 1) : right, kind, true) };
  }
  return emptyKey(kind);
}

/** Options of which these are right. A wrong one of a multiple choice takes everything, or nothing. */
export function weighed(options: Options, right: number[], kind: 'single' | 'multiple', strict: boolean): Options {
  const wrong = kind === 'multiple' && strict ? -1 : 0;
  const share = kind === 'single' ? 1 : 1 / Math.max(1, right.length);
  return options.map((option, at) => ({ ...option, share: right.includes(at) ? share : wrong }));
}

/** Whether a wrong option takes points away. */
export const isStrict = (options: Options) => options.some(({ share }) => share < 0) || !options.some(({ share }) => share > 0);

/** Without the blank options at the end that nobody filled in. */
export function tidy(key: QuestionKey): QuestionKey {
  if (key.kind === 'single' || key.kind === 'multiple') {
    const filled = key.options.reduce((last, { text, share }, at) => (text.trim() || share > 0 ? at : last), -1);
    return { ...key, options: key.options.slice(0, Math.max(filled + 1, 2)) };
  }
  if (key.kind === 'fill_in') return { ...key, accepted: key.accepted.filter(({ text }, at) => at === 0 || text.trim()) };
  return key;
}

export type KeyFault = 'empty_option' | 'same_options' | 'no_right' | 'no_answer';

/** The first thing that is wrong with it; the server looks more closely. */
export function faultOf(written: QuestionKey): KeyFault | null {
  const key = tidy(written);
  if (key.kind === 'single' || key.kind === 'multiple') {
    const texts = key.options.map(({ text }) => text.trim());
    if (texts.some((text) => !text)) return 'empty_option';
    if (new Set(texts).size < texts.length) return 'same_options';
    if (!key.options.some(({ share }) => share > 0)) return 'no_right';
  }
  if (key.kind === 'fill_in' && key.accepted.some(({ text }) => !text.trim())) return 'no_answer';
  return null;
}
