import { useEffect, useState } from 'react';
import type { AnswerResponse, Sitting } from '@/api/types';
import { Outbox } from './outbox';
import { sendAnswer, tellLeft } from './queries';

/** Shorter looks away are a notification or a slip. */
const LEFT_AT_LEAST_S = 2;

interface Seat {
  outbox: Outbox;
  answers: Map<number, AnswerResponse>;
  answer: (n: number, response: AnswerResponse, delayMs?: number) => void;
}

/** Answers of a sitting: what the server has, with what is still on its way from this device. */
export function useSeat(sitting: Sitting, aheadMs: number, onOver: (undelivered: number) => void): Seat {
  const [, redraw] = useState(0);
  const [outbox] = useState(
    () =>
      new Outbox({
        attempt: sitting.attempt,
        lastSeq: sitting.last_seq,
        send: (entry) => sendAnswer(sitting.attempt, entry),
        onChange: () => redraw((count) => count + 1),
        onOver,
        now: () => Date.now() + aheadMs,
      }),
  );
  const [answers, setAnswers] = useState(() => new Map([...Object.entries(sitting.answers).map(([n, given]) => [Number(n), given] as const), ...outbox.unsent()]));
  useEffect(() => {
    outbox.start();
    const online = () => void outbox.flush();
    window.addEventListener('online', online);
    return () => {
      window.removeEventListener('online', online);
      outbox.stop();
    };
  }, [outbox]);
  useLeaving(sitting.attempt);
  const answer = (n: number, response: AnswerResponse, delayMs = 0) => {
    setAnswers((before) => new Map(before).set(n, response));
    outbox.put(n, response, delayMs);
  };
  return { outbox, answers, answer };
}

/** Records how long the page was out of sight. */
function useLeaving(attempt: string): void {
  useEffect(() => {
    let since: number | null = null;
    const look = () => {
      if (document.visibilityState === 'hidden') since = Date.now();
      else if (since !== null) {
        const seconds = Math.round((Date.now() - since) / 1000);
        since = null;
        if (seconds >= LEFT_AT_LEAST_S) tellLeft(attempt, Math.min(seconds, 86_400));
      }
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [attempt]);
}

/** Seconds until an instant of the server's clock, counted down. */
export function useSecondsLeft(until: string, aheadMs: number): number {
  const left = () => (Date.parse(until) - Date.now() - aheadMs) / 1000;
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const tick = setInterval(() => setSeconds((Date.parse(until) - Date.now() - aheadMs) / 1000), 500);
    return () => clearInterval(tick);
  }, [until, aheadMs]);
  return seconds;
}

/** Whether something was answered, and not taken back. */
export function isAnswered(response: AnswerResponse | undefined): boolean {
  if (!response) return false;
  if (response.kind === 'single') return response.option !== null && response.option !== undefined;
  if (response.kind === 'multiple') return response.options.length > 0;
  if (response.kind === 'true_false') return response.answer !== null && response.answer !== undefined;
  return response.text.trim() !== '';
}
