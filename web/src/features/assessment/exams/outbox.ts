/**
 * Answers on their way to the server. Each is kept on the device until the server says that it is on
 * disk; after a lost connection or a reload they are sent again, in their order.
 */
import type { AnswerResponse } from '@/api/types';

export interface Entry {
  /** Number of the question. */
  n: number;
  response: AnswerResponse;
  /** Of a question the highest counts on the server, whenever it arrives. */
  seq: number;
}

export type Delivery = 'saved' | 'saving' | 'failed';

/** What became of sending an answer. */
export type Outcome =
  | { kind: 'saved' }
  /** No connection, or the server is busy: try again. */
  | { kind: 'later' }
  /** The time is over or it is handed in: nothing more is taken. */
  | { kind: 'over' }
  /** Another device used the sequence: send again under one above `lastSeq`. */
  | { kind: 'behind'; lastSeq: number }
  /** It will never be taken. */
  | { kind: 'refused' };

interface Settings {
  attempt: string;
  /** The highest sequence that the server has. */
  lastSeq: number;
  send: (entry: Entry) => Promise<Outcome>;
  /** Something changed: show it. */
  onChange: () => void;
  /** The server takes nothing more; so many answers never reached it. */
  onOver: (undelivered: number) => void;
  /** The server's time in milliseconds: what is answered later on another device has a higher sequence. */
  now: () => number;
  storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 20_000;

export class Outbox {
  private entries: Entry[];
  private lastSeq: number;
  private work: Promise<boolean> | null = null;
  private failed = false;
  private running = false;
  private over = false;
  private pause = FIRST_PAUSE_MS;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly settings: Settings;
  private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  private readonly key: string;

  constructor(settings: Settings) {
    this.settings = settings;
    this.storage = settings.storage ?? localStorage;
    this.key = `kexun.outbox.${settings.attempt}`;
    this.entries = this.stored();
    this.lastSeq = Math.max(settings.lastSeq, ...this.entries.map(({ seq }) => seq));
  }

  /** Answers that the server does not have yet, the newest of each question. */
  unsent(): Map<number, AnswerResponse> {
    return new Map(this.entries.map(({ n, response }) => [n, response]));
  }

  /** How it stands with the answers; with a number, with that question's. */
  delivery(n?: number): Delivery {
    const waits = n === undefined ? this.entries.length > 0 : this.entries.some((entry) => entry.n === n);
    if (!waits) return 'saved';
    return this.failed ? 'failed' : 'saving';
  }

  /** Sends what waits from before, and from now on what comes. */
  start(): void {
    if (this.over) return;
    this.running = true;
    void this.flush();
  }

  /** Stops sending; what waits stays on the device. */
  stop(): void {
    this.running = false;
    clearTimeout(this.timer);
  }

  /** Keeps an answer and sends it, after a while in which the next keystroke may come. */
  put(n: number, response: AnswerResponse, delayMs = 0): void {
    if (this.over) return;
    this.lastSeq = Math.max(this.lastSeq + 1, this.settings.now());
    // What waits and is not under way is out of date.
    const begun = this.work ? this.entries.slice(0, 1) : [];
    const rest = this.entries.slice(begun.length).filter((entry) => entry.n !== n);
    this.entries = [...begun, ...rest, { n, response, seq: this.lastSeq }];
    this.keep();
    if (delayMs > 0) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.flush(), delayMs);
      this.settings.onChange();
    } else {
      void this.flush();
    }
  }

  /** Sends what waits, now. Resolves to whether the server has everything. */
  flush(): Promise<boolean> {
    clearTimeout(this.timer);
    if (!this.running || this.entries.length === 0) return Promise.resolve(this.entries.length === 0);
    this.work ??= this.sendAll();
    return this.work;
  }

  /** Whether nothing more is sent: the answers were forgotten. */
  closed(): boolean {
    return this.over;
  }

  /** Forgets what waits: it was handed in, or the time is over. */
  clear(): void {
    this.over = true;
    this.stop();
    this.entries = [];
    this.keep();
  }

  private async sendAll(): Promise<boolean> {
    this.settings.onChange();
    while (this.entries[0] && this.running) {
      const entry = this.entries[0];
      if (!this.take(entry, await this.settings.send(entry))) break;
    }
    // In the same breath as the last look at the entries, so that none falls between.
    this.work = null;
    this.settings.onChange();
    return this.entries.length === 0;
  }

  /** Whether to go on with the next. */
  private take(entry: Entry, outcome: Outcome): boolean {
    if (outcome.kind === 'later') {
      this.failed = true;
      if (this.running) this.timer = setTimeout(() => void this.flush(), this.pause);
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
      return false;
    }
    this.failed = false;
    this.pause = FIRST_PAUSE_MS;
    if (outcome.kind === 'over') {
      const undelivered = this.unsent().size;
      this.clear();
      this.settings.onOver(undelivered);
      return false;
    }
    this.entries = this.entries.filter(({ seq }) => seq !== entry.seq);
    if (outcome.kind === 'behind') {
      this.lastSeq = Math.max(this.lastSeq, outcome.lastSeq) + 1;
      const newer = this.entries.some(({ n }) => n === entry.n);
      if (!newer) this.entries = [{ ...entry, seq: this.lastSeq }, ...this.entries];
    }
    this.keep();
    this.settings.onChange();
    return true;
  }

  private stored(): Entry[] {
    try {
      const known: unknown = JSON.parse(this.storage.getItem(this.key) ?? '[]');
      return Array.isArray(known) ? (known as Entry[]) : [];
    } catch {
      return [];
    }
  }

  private keep(): void {
    try {
      if (this.entries.length > 0) this.storage.setItem(this.key, JSON.stringify(this.entries));
      else this.storage.removeItem(this.key);
    } catch {
      // A full or forbidden storage: the answers still wait in memory.
    }
  }
}
