/**
 * How far somebody is, on its way to the server. What could not be sent is kept on the device and sent
 * when the connection is back. The server never goes back on what it knows, so sending twice, late or in
 * another order does no harm.
 */
import { ApiError } from '@/api/client';
import type { Uuid } from '@/api/types';

export interface Report {
  /** Seconds into a video, else the share of the page, 0 to 1. */
  position: number;
  watched_s: number;
  done: boolean;
}

export type Send = (course: Uuid, lesson: Uuid, report: Report) => Promise<unknown>;
type Waiting = Record<string, Report>;

const AGAIN_MS = 20_000;

/** Both reports in one: whichever is further. */
export function merged(a: Report | undefined, b: Report): Report {
  if (!a) return b;
  return { position: Math.max(a.position, b.position), watched_s: Math.max(a.watched_s, b.watched_s), done: a.done || b.done };
}

/** Whether it may succeed later: no answer, the server is busy or down, or the person has to sign in again. */
function passing(error: unknown): boolean {
  return !(error instanceof ApiError) || error.status === 0 || error.status >= 500 || [401, 408, 409, 429].includes(error.status);
}

export class Outbox {
  private listeners = new Set<() => void>();
  private changes = 0;
  private busy: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private failed = false;
  private kept: Waiting;

  constructor(
    private readonly key: string,
    private readonly send: Send,
    private readonly storage: Storage = localStorage,
  ) {
    this.kept = this.read();
    globalThis.addEventListener('online', () => void this.flush());
  }

  /** Whether something waits because it could not be sent. */
  isStuck = (): boolean => this.failed && Object.keys(this.kept).length > 0;

  /** What of a lesson has not arrived yet. */
  of(course: Uuid, lesson: Uuid): Report | undefined {
    return this.kept[`${course}/${lesson}`];
  }

  /** Another number whenever something changed. */
  version = (): number => this.changes;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  add(course: Uuid, lesson: Uuid, report: Report): Promise<void> {
    const name = `${course}/${lesson}`;
    this.write({ ...this.kept, [name]: merged(this.kept[name], report) });
    return this.flush();
  }

  /** Sends what waits, one after another; a second call joins the first. */
  flush(): Promise<void> {
    this.busy ??= this.sendAll().finally(() => {
      this.busy = null;
      this.changed();
    });
    return this.busy;
  }

  private async sendAll(): Promise<void> {
    // Another tab may have kept more.
    for (const [name, report] of Object.entries(this.read())) this.kept[name] = merged(this.kept[name], report);
    this.failed = false;
    for (;;) {
      const [name, report] = Object.entries(this.kept)[0] ?? [];
      if (!name || !report) return;
      const [course = '', lesson = ''] = name.split('/');
      try {
        await this.send(course, lesson, report);
      } catch (error) {
        if (passing(error)) {
          this.failed = true;
          this.later();
          return;
        }
        // The lesson is gone: nobody will ever ask for this.
      }
      // What came meanwhile is sent in the next round.
      if (this.kept[name] === report) {
        this.write(Object.fromEntries(Object.entries(this.kept).filter(([other]) => other !== name)));
      }
    }
  }

  private later(): void {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.flush();
    }, AGAIN_MS);
  }

  private read(): Waiting {
    try {
      return JSON.parse(this.storage.getItem(this.key) ?? '{}') as Waiting;
    } catch {
      return {};
    }
  }

  private write(waiting: Waiting): void {
    this.kept = waiting;
    try {
      if (Object.keys(waiting).length > 0) this.storage.setItem(this.key, JSON.stringify(waiting));
      else this.storage.removeItem(this.key);
    } catch {
      // No room on the device: it is still kept while the page is open.
    }
    this.changed();
  }

  private changed(): void {
    this.changes += 1;
    this.listeners.forEach((listener) => listener());
  }
}
