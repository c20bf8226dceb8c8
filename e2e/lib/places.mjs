/** Which pages somebody reaches: the routes that his rights open, with things that he sees behind the lists. */
import { readFileSync } from 'node:fs';

const routes = readFileSync(new URL('../../web/src/app/routes.ts', import.meta.url), 'utf8');

/** Path and right of every route, as the router has them. */
export const pages = [...routes.matchAll(/\{ path: .([^']+)', load[^\n]*/gu)].map(([line, path]) => ({
  path,
  right: /right: '([^']+)'/u.exec(line)?.[1],
}));

/** Things of different kinds, at most `most`: one of each state shows more than several of one. */
function various(items, kind, most) {
  const seen = new Map();
  for (const item of items) if (!seen.has(kind(item))) seen.set(kind(item), item);
  return [...seen.values()].slice(0, most);
}

/** The windows that open on a page by its address, and the detail pages behind it. */
async function behind(path, { get, list, may, marketplace }) {
  const first = async (from, name, kind = () => '', most = 1) => various(await list(from), kind, most).map(({ id }) => `${path}?${name}=${id}`);
  switch (path) {
    case '/figures':
      return ['/figures?by=agent', '/figures?per=week'];
    case '/needs':
      return [...(await first('/needs', 'need', ({ state }) => state, 3)), ...(may('need:report') ? ['/needs?new=1'] : [])];
    case '/plans':
      return may('plan:write') ? ['/plans?new=true'] : [];
    case '/plans/:id':
      return various(await list('/plans'), ({ state }) => state, 4).map(({ id }) => `/plans/${id}`);
    case '/courses':
      return may('course:write') ? ['/courses?new=1'] : [];
    case '/courses/:id': {
      const courses = various(await list('/courses'), ({ state, mine }) => `${state} ${Boolean(mine)}`, 2);
      const [lesson] = courses[0] ? ((await get(`/courses/${courses[0].id}`))?.lessons ?? []) : [];
      return [...courses.map(({ id }) => `/courses/${id}`), ...(lesson ? [`/courses/${courses[0].id}?lesson=${lesson.id}`] : [])];
    }
    case '/questions':
      return first('/questions', 'id', ({ kind }) => kind, 2);
    case '/papers':
      return first('/papers', 'id', ({ kind }) => kind, 2);
    case '/exams':
      return may('exam:write') ? ['/exams?new=1'] : [];
    case '/exams/:id':
      return various([...(may('exam:read') ? await list('/exams') : []), ...(await list('/exams/own'))], ({ state }) => state, 3).map(({ id }) => `/exams/${id}`);
    case '/exams/:id/sit':
      return various(await list('/exams/own'), () => '', 1).map(({ id }) => `/exams/${id}/sit`);
    case '/exams/:id/marking':
      return various(await list('/exams'), () => '', 1).map(({ id }) => `/exams/${id}/marking`);
    case '/evaluations':
      return may('evaluation:write') ? ['/evaluations?new=1'] : [];
    case '/evaluations/:id':
      return various(await list('/evaluations'), ({ verdict }) => verdict, 3).map(({ id }) => `/evaluations/${id}`);
    case '/evaluations/class/:id':
      return various((await list('/classes')).filter(({ state }) => state === 'ended'), () => '', 1).map(({ id }) => `/evaluations/class/${id}`);
    case '/conversations':
      return marketplace ? [] : first('/conversations', 'id');
    case '/imports':
      return first('/imports', 'import', ({ kind }) => kind, 2);
    case '/archive':
      return may('archive:read') ? ['/archive?view=people', ...(await list('/archive/people')).slice(0, 1).map(({ id }) => `/archive?staff=${id}`)] : [];
    case '/classes':
      return may('class:write') ? ['/classes?new=1'] : [];
    case '/classes/:id':
      return various(await list('/classes'), ({ state }) => state, 3).map(({ id }) => `/classes/${id}`);
    case '/classes/:id/screen':
    case '/classes/:id/sign-in': {
      const [next] = (await list('/classes')).filter(({ state }) => state === 'announced');
      // The screen is for who holds the class.
      const mine = next && (path.endsWith('sign-in') || (await get(`/classes/${next.id}/code`)));
      return mine ? [path.replace(':id', next.id)] : [];
    }
    case '/staff':
      return first('/staff', 'id', ({ level }) => level, 2);
    case '/shops':
      return [];
    default:
      return [];
  }
}

/** The addresses that somebody may open, each with the name of its page; `request` is signed in as him. */
export async function placesOf(request) {
  const get = async (path) => {
    const answer = await request.get(`/api/v1${path}`);
    return answer.ok() ? answer.json() : null;
  };
  const list = async (path) => (await get(`${path}${path.includes('?') ? '&' : '?'}limit=100`))?.items ?? [];
  const me = await get('/me');
  const may = (right) => me.rights.includes(right);
  const asked = { get, list, may, marketplace: me.tenant.kind === 'marketplace' };
  const places = [];
  for (const { path, right } of pages) {
    if (right && !may(right)) continue;
    if (path === '/merchants' && !asked.marketplace) continue;
    if (!path.includes(':')) places.push({ page: path, address: path });
    for (const address of await behind(path, asked)) {
      const named = [...new URLSearchParams(address.split('?')[1] ?? '')].map(([key, value]) => (value.length > 20 ? key : `${key}=${value}`));
      places.push({ page: named.length > 0 ? `${path} ${named.join(' ')}` : path, address });
    }
  }
  // What people filled in: levels, positions, topics.
  const staff = may('staff:read') ? await list('/staff') : [];
  const found = may('question:read') ? await get('/questions/topics') : [];
  const topics = Array.isArray(found) ? found : (found?.items ?? found?.topics ?? []);
  const words = [...staff.flatMap(({ level, position }) => [level, position]), ...topics.map((topic) => topic.topic ?? topic.name ?? topic)].filter((word) => typeof word === 'string' && word);
  return { places, rights: me.rights, words };
}
