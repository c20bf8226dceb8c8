import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnswerResponse } from '@/api/types';
import { type Entry, type Outcome, Outbox } from './outbox';

const single = (option: number): AnswerResponse => ({ kind: 'single', option });

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

function box(answers: (entry: Entry) => Outcome | Promise<Outcome>, storage = memory(), lastSeq = 0) {
  const sent: Entry[] = [];
  const onOver = vi.fn();
  const outbox = new Outbox({
    attempt: 'a',
    lastSeq,
    storage,
    now: () => 100,
    onChange: () => undefined,
    onOver,
    send: async (entry) => {
      sent.push(entry);
      return await answers(entry);
    },
  });
  outbox.start();
  return { outbox, sent, onOver, storage };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe('the outbox of answers', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('sends one after the other, each with a higher sequence, above what the server has', async () => {
    const { outbox, sent } = box(() => ({ kind: 'saved' }), memory(), 500);
    outbox.put(1, single(0));
    outbox.put(2, single(1));
    await settle();
    expect(sent.map(({ n, seq }) => [n, seq])).toEqual([[1, 501], [2, 502]]);
    expect(outbox.delivery()).toBe('saved');
  });

  it('tries again by itself, in order, and says so meanwhile', async () => {
    let online = false;
    const { outbox, sent } = box(() => ({ kind: online ? 'saved' : 'later' }));
    outbox.put(1, single(0));
    outbox.put(2, single(1));
    await settle();
    expect(outbox.delivery(1)).toBe('failed');
    expect(outbox.delivery(3)).toBe('saved');
    online = true;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent.map(({ n }) => n)).toEqual([1, 1, 2]);
    expect(outbox.delivery()).toBe('saved');
  });

  it('survives a reload: what was not acknowledged is sent again with its sequence', async () => {
    const first = box(() => ({ kind: 'later' }));
    first.outbox.put(1, single(0));
    first.outbox.put(2, single(1));
    await settle();
    first.outbox.stop();
    const again = box(() => ({ kind: 'saved' }), first.storage);
    expect(again.outbox.unsent()).toEqual(new Map([[1, single(0)], [2, single(1)]]));
    expect(await again.outbox.flush()).toBe(true);
    expect(again.sent.map(({ n, seq }) => [n, seq])).toEqual([[1, 100], [2, 101]]);
    expect(first.storage.getItem('kexun.outbox.a')).toBeNull();
  });

  it('does not send what was answered anew while it waited', async () => {
    let release: (outcome: Outcome) => void = () => undefined;
    const { outbox, sent } = box(() => new Promise<Outcome>((resolve) => (release = resolve)));
    outbox.put(1, single(0));
    outbox.put(2, single(0));
    outbox.put(2, single(1));
    outbox.put(1, single(2));
    release({ kind: 'saved' });
    await settle();
    release({ kind: 'saved' });
    await settle();
    release({ kind: 'saved' });
    await settle();
    expect(sent.map(({ n, response }) => [n, response])).toEqual([[1, single(0)], [2, single(1)], [1, single(2)]]);
  });

  it('goes above the sequence of another device, unless there is a newer answer', async () => {
    let clashes = 1;
    const { outbox, sent } = box(() => (clashes-- > 0 ? { kind: 'behind', lastSeq: 900 } : { kind: 'saved' }));
    outbox.put(1, single(0));
    await settle();
    expect(sent.map(({ seq }) => seq)).toEqual([100, 901]);
    expect(outbox.delivery()).toBe('saved');
  });

  it('waits while somebody types, but keeps each keystroke on the device', async () => {
    const { outbox, sent, storage } = box(() => ({ kind: 'saved' }));
    outbox.put(1, { kind: 'fill_in', text: '七' }, 800);
    await vi.advanceTimersByTimeAsync(500);
    outbox.put(1, { kind: 'fill_in', text: '七天' }, 800);
    expect(storage.getItem('kexun.outbox.a')).toContain('七天');
    await vi.advanceTimersByTimeAsync(700);
    expect(sent).toEqual([]);
    expect(await outbox.flush()).toBe(true);
    expect(sent.map(({ response }) => response)).toEqual([{ kind: 'fill_in', text: '七天' }]);
  });

  it('stops for good when nothing more is taken', async () => {
    const { outbox, sent, onOver, storage } = box(() => ({ kind: 'over' }));
    outbox.put(1, single(0));
    await settle();
    outbox.put(2, single(0));
    await settle();
    expect(sent).toHaveLength(1);
    expect(onOver).toHaveBeenCalledExactlyOnceWith(1);
    expect(outbox.closed()).toBe(true);
    expect(storage.getItem('kexun.outbox.a')).toBeNull();
  });

  it('drops what will never be taken and goes on', async () => {
    const { outbox, sent } = box(({ n }) => ({ kind: n === 1 ? 'refused' : 'saved' }));
    outbox.put(1, single(9));
    outbox.put(2, single(0));
    await settle();
    expect(sent.map(({ n }) => n)).toEqual([1, 2]);
    expect(outbox.delivery()).toBe('saved');
  });

  it('bears a storage that is forbidden', async () => {
    const refuse = () => {
      throw new Error('quota');
    };
    const { outbox } = box(() => ({ kind: 'saved' }), { getItem: refuse, setItem: refuse, removeItem: refuse });
    outbox.put(1, single(0));
    await settle();
    expect(outbox.delivery()).toBe('saved');
  });
});
