import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApiError } from '@/api/client';
import { setLanguage, startTexts } from '@/i18n';
import { fieldErrors, passwordErrors, serversWords } from './problem';

const refused = new ApiError({ status: 422, code: 'invalid', detail: 'the password is easily guessed', fields: [{ field: 'new', detail: 'is easily guessed' }] });

beforeAll(startTexts);

describe('problems on a Chinese page', () => {
  beforeEach(() => setLanguage('zh-CN'));

  it('are told in Chinese, though the server tells its fields in English', () => {
    expect(fieldErrors(refused)).toEqual([{ name: ['new'], errors: ['这一项不能这样填，请检查'] }]);
    expect(serversWords(refused)).toBeUndefined();
  });

  it('say of a password what is wrong with it', () => {
    expect(passwordErrors(refused, 'new')).toEqual([{ name: ['new'], errors: ['太容易被猜到：别用常见密码、姓名、登录名或简单规律'] }]);
    expect(passwordErrors(refused, 'password')).toEqual([]);
    expect(passwordErrors(new Error('x'), 'new')).toEqual([]);
  });
});

describe('problems on an English page', () => {
  beforeEach(() => setLanguage('en'));

  it('are told in the server’s words', () => {
    expect(fieldErrors(refused)).toEqual([{ name: ['new'], errors: ['is easily guessed'] }]);
    expect(serversWords(refused)).toBe('the password is easily guessed');
    expect(fieldErrors(new Error('x'))).toEqual([]);
  });
});
