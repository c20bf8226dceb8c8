import { describe, expect, it } from 'vitest';
import type { Turn } from '@/api/types';
import { readEvidence, writeEvidence } from './address';
import { rounds, splitPieces } from './ChatView';

const turn = (round: number | null, sender: Turn['sender'] = 'customer', unanswered = false): Turn => ({ index: 0, at: '2026-01-01T00:00:00Z', sender, agent: null, text: '', pieces: [], wait_s: null, round, unanswered });

describe('chat', () => {
  it('marks a round once, although a robot speaks in between', () => {
    expect([...rounds([turn(1), turn(null, 'robot'), turn(1), turn(1, 'agent'), turn(2)]).opens]).toEqual([0, 4]);
  });

  it('says once that a round stayed open, under its last message', () => {
    const open = (round: number) => turn(round, 'customer', true);
    expect([...rounds([open(1), turn(null, 'robot'), open(1), turn(2), turn(2, 'agent'), open(3)]).unanswered]).toEqual([2, 5]);
  });

  it('shows masked pieces as pieces, in their order', () => {
    const phone = { kind: 'mobile', shown: '[手机号]' };
    expect(splitPieces('打[手机号]或[手机号]', [phone, phone])).toEqual(['打', phone, '或', phone]);
  });

  it('shows the whole text where a piece is not found in it', () => {
    expect(splitPieces('你好', [{ kind: 'email', shown: '[邮箱]' }, { kind: 'email', shown: '' }])).toEqual(['你好']);
  });
});

describe('evidence in the address', () => {
  it('comes back as it went', () => {
    const evidence = { key: 'first_response', from: '2026-01-01', to: '2026-01-31', shop: 's', team: null, agent: 'a', miss: true, title: '李雷 · 首次响应' };
    expect(readEvidence(writeEvidence(evidence))).toEqual(evidence);
  });

  it('is none where the address is broken', () => {
    expect(readEvidence('key=first_response')).toBeNull();
    expect(readEvidence(null)).toBeNull();
  });
});
