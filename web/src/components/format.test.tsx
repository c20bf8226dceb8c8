import { renderHook } from '@testing-library/react';
import { beforeAll, describe, expect, it } from 'vitest';
import { setLanguage, startTexts } from '@/i18n';
import { durationParts, NONE, shareDigits, useFormat } from './format';
import { secondsLeft } from './UploadField';

beforeAll(async () => {
  await startTexts();
  await setLanguage('zh-CN');
});

describe('figures in words', () => {
  it('show no value as a dash, never as zero', () => {
    const { result } = renderHook(() => useFormat());
    expect(result.current.figure(null, 'share', 0)).toBe(NONE);
    expect(result.current.figure(0, 'share', 40)).toBe('0%');
    expect(result.current.figure(0, 'count')).toBe('0');
  });

  it('have only the decimals that the cases carry', () => {
    const { result } = renderHook(() => useFormat());
    expect(result.current.figure(1 / 3, 'share', 3)).toBe('33%');
    expect(result.current.figure(0.87123, 'share', 21877)).toBe('87.1%');
    expect(shareDigits(undefined)).toBe(0);
  });

  it('say the year of a day that is not in this one', () => {
    const { result } = renderHook(() => useFormat());
    const year = new Date().getFullYear();
    expect(result.current.day(`${year}-12-31`)).toBe('12月31日');
    expect(result.current.day(`${year + 1}-12-31`)).toBe(`${year + 1}年12月31日`);
  });

  it('say durations as people do', () => {
    const { result } = renderHook(() => useFormat());
    expect(result.current.duration(45.4)).toBe('45 秒');
    expect(result.current.duration(165)).toBe('2 分 45 秒');
    expect(result.current.duration(3600)).toBe('1 小时');
    expect(durationParts(59.7)).toEqual({ h: 0, m: 1, s: 0 });
  });
});

describe('times', () => {
  it('begin the day at 00:00, in both languages', async () => {
    const midnight = '2026-01-01T00:05:09Z';
    for (const language of ['en', 'zh-CN'] as const) {
      await setLanguage(language);
      const { result } = renderHook(() => useFormat());
      expect(result.current.time(midnight, 'UTC')).toMatch(/ 00:05$/);
      expect(result.current.clock(midnight, 'UTC')).toBe('00:05:09');
    }
  });
});

describe('remaining time', () => {
  it('is unknown in the first two seconds, then follows the pace', () => {
    expect(secondsLeft(10, 100, 0, 1500)).toBeNull();
    expect(secondsLeft(25, 100, 0, 5000)).toBe(15);
    expect(secondsLeft(100, 100, 0, 5000)).toBeNull();
  });
});
