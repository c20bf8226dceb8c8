/** A journey: people, each in a browser window of his own, and at the end not one error in any console. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { accessible, found, settled } from './axe.mjs';
import { quiet } from './browser.mjs';

export { desk, phone } from './browser.mjs';

const failures = fileURLToPath(new URL('../failures/', import.meta.url));
let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.KEXUN_CHROMIUM ?? '/usr/bin/chromium', args: quiet });
});
after(() => browser?.close());

/** A window with cookies of its own; what its console complains of goes into `errors`. */
async function open(viewport, errors) {
  const context = await browser.newContext({
    baseURL: process.env.KEXUN_URL,
    viewport,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // Each journey is walked on two databases: once by day, once by night.
    colorScheme: process.env.KEXUN_JOURNEY_DATABASE === 'postgres' ? 'dark' : 'light',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  // That a sign-in wants a second factor is an answer, though the browser notes every 401.
  const asked = (message) => message.text().includes('401') && message.location().url.endsWith('/api/v1/session');
  page.on('console', (message) => message.type() === 'error' && !asked(message) && errors.push(`${message.text()} (${message.location().url})`));
  page.on('pageerror', (error) => errors.push(error.stack ?? String(error)));
  return page;
}

/** Declares a journey of several people; `walk` is given a function that opens a window. */
export function journeyOfMany(name, walk) {
  test(name, async () => {
    const errors = [];
    found.length = 0;
    const pages = [];
    try {
      await walk(async (viewport) => {
        const page = await open(viewport, errors);
        pages.push(page);
        return page;
      });
      assert.deepEqual(errors, [], 'the console is clean');
      assert.equal(found.length, 0, 'axe finds nothing grave');
    } catch (error) {
      mkdirSync(failures, { recursive: true });
      const picture = `${failures}${process.env.KEXUN_JOURNEY_DATABASE ?? 'any'}-${name.replaceAll(/\W+/gu, '-')}`;
      if (errors.length > 0) error.message += `\nconsole:\n${errors.join('\n')}`;
      if (found.length > 0) error.message += `\n${found.join('\n')}`;
      for (const [at, page] of pages.entries()) {
        const path = `${picture}${pages.length > 1 ? at + 1 : ''}.png`;
        await page.screenshot({ path, fullPage: true }).catch(() => undefined);
        error.message += `\npicture: ${path} (${page.url()})`;
      }
      // The runner prints what the error said when it was made.
      throw new Error(error.message, { cause: error });
    } finally {
      for (const page of pages) await page.context().close();
    }
  });
}

/** Declares a journey of one person; `walk` is given the page, which has the program's address as its base. */
export function journey(name, viewport, walk) {
  journeyOfMany(name, async (enter) => walk(await enter(viewport)));
}

/** Nothing stands out to the side: a page that scrolls sideways is broken on that width. And nobody is shut out. */
export async function fits(page) {
  await settled(page);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(over <= 0, `${page.url()} is ${over} px too wide`);
  await accessible(page);
}

/** What the page just loaded brought in scripts, packed as they came over the line, is no more than this (kB). */
export async function scriptsWithin(page, budget) {
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
      .map(({ name, encodedBodySize }) => ({ name, size: encodedBodySize })),
  );
  const sum = Math.round(scripts.reduce((all, { size }) => all + size, 0) / 1000);
  const list = scripts.toSorted((a, b) => b.size - a.size).map(({ name, size }) => `  ${(size / 1000).toFixed(1)} kB ${name}`);
  assert.ok(sum > 0 && sum <= budget, `${page.url()} loads ${sum} kB of scripts, ${budget} are allowed:\n${list.join('\n')}`);
}
