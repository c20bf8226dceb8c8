/** The guided tour of a demonstration: once round the loop, a person and a page at each stop. */
import { api } from '@/api/client';
import type { DemoPerson, Role } from '@/api/types';

interface Listed {
  id: string;
  state?: string;
  verdict?: string;
}

/** The page of the oldest thing in a list that fits, else the list: what the demonstration made first it tells best. */
const oldestOf = (list: string, fits: (item: Listed) => boolean) => async (): Promise<string> => {
  const { items } = await api.get<{ items: Listed[] }>(list, { limit: 50 });
  const found = items.reverse().find(fits);
  return found ? `${list}/${found.id}` : list;
};

interface Stop {
  key: 'spot' | 'plan' | 'approve' | 'teach' | 'learn' | 'effect';
  role: Role;
  /** Whom the demonstration gave most to do; somebody else of the role stands in. */
  login?: string;
  /** Where the stop is, asked as the person. */
  where: () => Promise<string>;
}

export const stops: readonly Stop[] = [
  { key: 'spot', role: 'supervisor', login: 'caijingxing', where: () => Promise.resolve('/weak-spots') },
  { key: 'plan', role: 'hr', where: oldestOf('/plans', ({ state }) => state === 'approved') },
  { key: 'approve', role: 'director', where: oldestOf('/plans', ({ state }) => state === 'submitted') },
  { key: 'teach', role: 'training_group', where: oldestOf('/classes', ({ state }) => state === 'announced') },
  { key: 'learn', role: 'agent', login: 'zhoushuxian', where: () => Promise.resolve('/') },
  { key: 'effect', role: 'director', where: oldestOf('/evaluations', ({ verdict }) => verdict === 'better') },
];

/** Who stands at each stop, all of one company; null where no company has them all. */
export function castOf(people: readonly DemoPerson[]): DemoPerson[] | null {
  for (const tenant of new Set(people.map((person) => person.tenant))) {
    const cast = stops.map(({ role, login }) => {
      const able = people.filter((person) => person.tenant === tenant && person.role === role);
      return able.find((person) => person.login === login) ?? able[0];
    });
    if (cast.every((person) => person !== undefined)) return cast;
  }
  return null;
}

/** Finds the page of a stop, as the person signed in; a page that will not say leaves one at home. */
export async function pageOf(at: number): Promise<string> {
  try {
    return (await stops[at]?.where()) ?? '/';
  } catch {
    return '/';
  }
}
