/** A journey: one person, one browser window, and at the end not one error in its console. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { quiet } from './browser.mjs';

export { desk, phone } from './browser.mjs';

const failures = fileURLToPath(new URL('../failures/', import.meta.url));
let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.KEXUN_CHROMIUM ?? '/usr/bin/chromium', args: quiet });
});
after(() => browser?.close());

/** Declares a journey; `walk` is given the page, which has the program's address as its base. */
export function journey(name, viewport, walk) {
  test(name, async () => {
    const context = await browser.newContext({
      baseURL: process.env.KEXUN_URL,
      viewport,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const errors = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(`${message.text()} (${message.location().url})`));
    page.on('pageerror', (error) => errors.push(error.stack ?? String(error)));
    try {
      await walk(page);
      assert.deepEqual(errors, [], 'the console is clean');
    } catch (error) {
      mkdirSync(failures, { recursive: true });
      const picture = `${failures}${process.env.KEXUN_JOURNEY_DATABASE ?? 'any'}-${name.replaceAll(/\W+/gu, '-')}.png`;
      await page.screenshot({ path: picture, fullPage: true }).catch(() => undefined);
      if (errors.length > 0) error.message += `\nconsole:\n${errors.join('\n')}`;
      error.message += `\npicture: ${picture}`;
      throw error;
    } finally {
      await context.close();
    }
  });
}

/** Nothing stands out to the side: a page that scrolls sideways is broken on that width. */
export async function fits(page) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(over <= 0, `${page.url()} is ${over} px too wide`);
}
