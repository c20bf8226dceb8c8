/** What the form of an exam holds, and the exam it means. */
import { instantOf, localOf } from '@/app/zones';
import { competences, type ClassDetail, type Competence, type NewExam, type Uuid } from '@/api/types';

export interface Values {
  title: string;
  competence: Competence;
  paper: Uuid;
  opens: string;
  closes: string;
  minutes: number;
  attempts: number;
  /** In percent. */
  limits: { excellent: number; good: number; pass: number };
  credits: number;
  shows_answers: NewExam['shows_answers'];
  makes_up: boolean;
  make_up?: { after_days: number; window_days: number; times: number };
  who: 'everybody' | 'rule' | 'hand';
  shops?: Uuid[];
  teams?: Uuid[];
  levels?: string[];
  staff?: Uuid[];
}

const DAY_MS = 86_400_000;
/** To five minutes: nobody sets an exam for 9:37. */
const STEP_MS = 300_000;

export interface Person {
  id: Uuid;
  name: string;
}

/** Who is to sit the exam of a class: who takes part, less those who are known not to have been there. */
export function takers(of: Pick<ClassDetail, 'participants'> | null): Person[] {
  return (of?.participants ?? []).filter(({ status }) => status !== 'absent' && status !== 'leave').map(({ id, name }) => ({ id, name }));
}

/** What is known of the exam before anybody writes a word. */
interface Given {
  title: string | null;
  competence: string | null;
  people: Person[];
}

/** How the form begins: open at once and for a week, with the limits that are usual. */
export function start(now: number, zone: string, { title, competence, people }: Given): Partial<Values> {
  const known = competences.find((one) => one === competence);
  const opens = Math.floor(now / STEP_MS) * STEP_MS;
  return {
    ...(title ? { title } : {}),
    ...(known ? { competence: known } : {}),
    opens: localOf(opens, zone),
    closes: localOf(opens + 7 * DAY_MS, zone),
    minutes: 60,
    attempts: 1,
    limits: { excellent: 90, good: 80, pass: 60 },
    credits: 1,
    shows_answers: 'after_close',
    makes_up: true,
    make_up: { after_days: 3, window_days: 7, times: 1 },
    ...(people.length > 0 ? { who: 'hand' as const, staff: people.map(({ id }) => id) } : { who: 'rule' as const }),
  };
}

/** The exam that the form means; `cause` is `kind:id`. */
export function draftOf(values: Values, zone: string, cause: string | null): NewExam {
  const share = (percent: number) => Math.round(percent * 100) / 10_000;
  const { excellent, good, pass } = values.limits;
  return {
    title: values.title,
    competence: values.competence,
    paper: values.paper,
    opens_at: instantOf(values.opens, zone),
    closes_at: instantOf(values.closes, zone),
    minutes: values.minutes,
    attempts: values.attempts,
    limits: { excellent: share(excellent), good: share(good), pass: share(pass) },
    credits: values.credits,
    make_up: values.makes_up && values.make_up ? values.make_up : null,
    shows_answers: values.shows_answers,
    audience: {
      everybody: values.who === 'everybody',
      shops: values.who === 'rule' ? (values.shops ?? []) : [],
      teams: values.who === 'rule' ? (values.teams ?? []) : [],
      levels: values.who === 'rule' ? (values.levels ?? []) : [],
      staff: values.who === 'hand' ? (values.staff ?? []) : [],
    },
    causes: causes(cause),
  };
}

const kinds = ['class', 'course', 'plan_item'] as const;

function causes(cause: string | null): NonNullable<NewExam['causes']> {
  const [kind, id] = (cause ?? '').split(':');
  const known = kinds.find((candidate) => candidate === kind);
  return known && id ? [{ kind: known, id }] : [];
}
