import { expect, it } from 'vitest';
import { spokenDay } from './spoken';

it('says days and times as people do, and leaves other words alone', () => {
  expect(spokenDay('2026-11-23 14:00–15:30', 'zh-CN', 2026)).toBe('11月23日 周一 14:00–15:30');
  expect(spokenDay('2026-11-23 14:00', 'en', 2026)).toBe('Mon Nov 23, 14:00');
  expect(spokenDay('2025-11-23', 'zh-CN', 2026)).toBe('2025年11月23日');
  expect(spokenDay('2026-11-23 大促', 'zh-CN', 2026)).toBe('2026-11-23 大促');
  expect(spokenDay('2026-13-45', 'zh-CN', 2026)).toBe('2026-13-45');
});
