/**
 * Every page as every role of the demonstration, in both languages, by day and by night, on a desk and a phone:
 * `node e2e/sweep.mjs ["role /page", or a part of it]` beside a `make run`. Pictures go to target/sweep; a table of what was
 * found goes to the standard output; ends with 1 if that is anything.
 *
 * Each role sees all its pages in Chinese by day at both widths. English and the night depend little on who looks:
 * of each page they are looked at once, by the first who reaches it.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { graveFindings, settled } from './lib/axe.mjs';
import { desk, quiet } from './lib/browser.mjs';
import { look, wording } from './lib/inspect.mjs';
import { placesOf } from './lib/places.mjs';

const base = process.env.KEXUN_URL ?? 'http://127.0.0.1:8080';
const folder = fileURLToPath(new URL('../target/sweep/', import.meta.url));
const only = process.argv[2] ?? '';
/** Windows that load pages at a time. */
const AT_ONCE = 2;
/** The smallest height of what a thumb presses (px): agents do everything on the phone. */
const THUMB = 44;
const phone = { width: 375, height: 812 };
/** A picture is cut here (px): what is further down looks like what is above. */
const TALLEST = 2600;

/** Whom the tour shows has most to do; of other roles the first. */
const favourites = ['caijingxing', 'zhoushuxian'];

async function castOf(request) {
  const { people } = await (await request.get('/api/v1/sign-in')).json();
  const home = people.find(({ login }) => login === favourites[0])?.tenant;
  const rank = ({ login, tenant }) => (favourites.includes(login) ? 0 : tenant === home ? 1 : 2);
  const roles = [...new Set(people.map(({ role }) => role))];
  const cast = roles.map((role) => people.filter((person) => person.role === role).sort((a, b) => rank(a) - rank(b))[0]);
  return { cast, logins: people.map(({ login }) => login) };
}

/** Words of the data that are words of the interface too. */
const data = new Set();
const visits = [];
const shapes = new Set();
const seen = { en: new Set(), dark: new Set() };
const looks = [];

/** Plans who looks at what, and how. */
async function plan(browser) {
  const nobody = await browser.newContext({ baseURL: base });
  const { cast, logins } = await castOf(nobody.request);
  const stand = [{ page: '/sign-in', address: '/sign-in' }];
  for (const [language, mode] of [['zh-CN', 'light'], ['en', 'light'], ['zh-CN', 'dark']]) {
    for (const viewport of [desk, phone]) looks.push({ role: 'nobody', language, mode, viewport, places: stand });
  }
  for (const person of cast) {
    const context = await browser.newContext({ baseURL: base });
    const answer = await context.request.post('/api/v1/session', { data: { login: person.login, password: person.password }, headers: { 'X-Kexun': '1' } });
    if (!answer.ok()) throw new Error(`${person.login} cannot sign in: ${answer.status()} ${await answer.text()}`);
    const { places, rights, words } = await placesOf(context.request);
    words.forEach((word) => data.add(word));
    places.push({ page: '/no-such-page', address: '/no-such-page' });
    if (!rights.includes('audit:read')) places.push({ page: '/audit, forbidden', address: '/audit' });
    const storage = await context.storageState();
    await context.close();
    const new_ = (set) => places.filter(({ page }) => !set.has(page) && set.add(page));
    const [en, dark] = [new_(seen.en), new_(seen.dark)];
    for (const viewport of [desk, phone]) {
      looks.push({ role: person.role, storage, language: 'zh-CN', mode: 'light', viewport, places });
      looks.push({ role: person.role, storage, language: 'en', mode: 'light', viewport, places: en });
      looks.push({ role: person.role, storage, language: 'zh-CN', mode: 'dark', viewport, places: dark });
    }
  }
  await nobody.close();
  for (const one of looks) one.places = one.places.filter(({ page }) => `${one.role} ${page}`.includes(only));
  return new Set([...logins, ...cast.map(({ name }) => name), ...data]);
}

async function walk(browser, { role, storage, language, mode, viewport, places }, known) {
  if (places.length === 0) return;
  const context = await browser.newContext({ baseURL: base, viewport, locale: language, timezoneId: 'Asia/Shanghai', colorScheme: mode, storageState: storage, deviceScaleFactor: 1, hasTouch: viewport === phone });
  await context.addInitScript(([chosen, day]) => {
    localStorage.setItem('kexun.language', chosen);
    localStorage.setItem('kexun.mode', day);
  }, [language, mode]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  let console_ = [];
  page.on('console', (message) => message.type() === 'error' && console_.push(`${message.text()} ${message.location().url.replace(base, '')}`));
  page.on('pageerror', (error) => console_.push(String(error)));
  for (const place of places) {
    console_ = [];
    const findings = [];
    const name = `${language}-${mode}-${viewport.width}/${role}${place.page.replaceAll(/[^\w=-]+/gu, '_')}`;
    try {
      await page.goto(place.address);
      await page.locator('h1, h2, [role=alert]').first().waitFor();
      // What comes late is asked for by what came before: settled once is not settled yet.
      for (const pause of [150, 250]) {
        await settled(page);
        await page.waitForTimeout(pause);
      }
      await settled(page);
      const { pieces, out, small, shape } = await page.evaluate(look, viewport === phone && ['agent', 'mentor'].includes(role) ? THUMB : 0);
      findings.push(...out.map((text) => `overflow: ${text}`), ...small.map((text) => `target: ${text}`), ...wording(pieces, language, known));
      const height = Math.min(TALLEST, await page.evaluate(() => document.scrollingElement.scrollHeight));
      mkdirSync(`${folder}${language}-${mode}-${viewport.width}`, { recursive: true });
      await page.screenshot({ path: `${folder}${name}.png`, fullPage: true, clip: { x: 0, y: 0, width: viewport.width, height: Math.max(height, viewport.height) } });
      // What is built alike in the same colours and width has no findings of its own.
      const alike = `${place.page} ${language === 'en' ? 'en' : mode} ${viewport.width} ${shape}`;
      if (!shapes.has(alike)) {
        shapes.add(alike);
        findings.push(...(await graveFindings(page)).map((text) => `axe: ${text.trim()}`));
      }
    } catch (error) {
      findings.push(`not looked at: ${String(error).split('\n')[0]}`);
    }
    findings.push(...console_.map((text) => `console: ${text}`));
    visits.push({ ...place, role, language, mode, width: viewport.width, name, findings });
    process.stderr.write(findings.length > 0 ? 'x' : '.');
  }
  await context.close();
}

/** A row a page: how often it was looked at, and how much was found of each kind. */
function table() {
  const kinds = [...new Set(visits.flatMap(({ findings }) => findings.map((text) => text.split(':')[0])))].sort();
  const byPage = Map.groupBy ? Map.groupBy(visits, ({ page }) => page) : visits.reduce((map, visit) => map.set(visit.page, [...(map.get(visit.page) ?? []), visit]), new Map());
  const rows = [...byPage].map(([page, all]) => [page, all.length, ...kinds.map((kind) => all.flatMap(({ findings }) => findings).filter((text) => text.startsWith(`${kind}:`)).length || '')]);
  const sum = kinds.map((kind) => visits.flatMap(({ findings }) => findings).filter((text) => text.startsWith(`${kind}:`)).length);
  return [['page', 'looks', ...kinds], ...rows, ['all', visits.length, ...sum]];
}

/** Says what was seen so far: cut short, too, it has something to say. */
function report() {
  const rows = table();
  const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => String(row[at]).length)));
  for (const row of rows) console.log(row.map((cell, at) => (at === 0 ? String(cell).padEnd(widths[at]) : String(cell).padStart(widths[at]))).join('  '));
  const where = new Map();
  for (const { findings, name, address } of visits) for (const text of findings) where.set(text, [...(where.get(text) ?? []), `${name}  ${address}`]);
  for (const [text, places] of where) console.log(`\n${text}\n  seen ${places.length} times, first on ${places[0]}`);
  writeFileSync(`${folder}visits.json`, JSON.stringify(visits, null, 1));
  console.log(`\nsweep: ${visits.length} looks at ${new Set(visits.map(({ page }) => page)).size} pages, ${where.size} different findings; pictures in target/sweep`);
  process.exitCode = where.size > 0 || visits.length === 0 ? 1 : 0;
}

const browser = await chromium.launch({ executablePath: process.env.KEXUN_CHROMIUM ?? '/usr/bin/chromium', args: quiet, handleSIGINT: false, handleSIGTERM: false });
if (!only) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    report();
    process.exit(1);
  });
}
const known = await plan(browser);
console.error(`sweep: ${looks.reduce((sum, { places }) => sum + places.length, 0)} looks`);
const queue = looks.slice();
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await walk(browser, next, known);
  }),
);
await browser.close();
process.stderr.write('\n');
report();
