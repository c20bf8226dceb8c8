/** The pictures of the README, taken from the demonstration: `node e2e/pictures.mjs` beside a `make run`. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { desk, phone, quiet } from './lib/browser.mjs';

const base = process.env.KEXUN_URL ?? 'http://127.0.0.1:8080';
const folder = fileURLToPath(new URL('../docs/images/', import.meta.url));
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.KEXUN_CHROMIUM ?? '/usr/bin/chromium', args: quiet });

async function as(role, viewport, language, take) {
  const context = await browser.newContext({ baseURL: base, viewport, locale: language, timezoneId: 'Asia/Shanghai', deviceScaleFactor: 1 });
  const page = await context.newPage();
  await page.addInitScript((chosen) => localStorage.setItem('kexun.language', chosen), language);
  await page.goto('/sign-in');
  await page.locator('.sign-in-role').filter({ has: page.locator('dt', { hasText: role }) }).getByRole('button').first().click();
  await page.locator('main h1').waitFor();
  await take(page, async (name) => {
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(600);
    await page.screenshot({ path: `${folder}${name}.png` });
  });
  await context.close();
}

for (const [language, supervisor, agent, training] of [
  ['zh-CN', '客服主管', '客服', '培训组'],
  ['en', 'Supervisor', 'Agent', 'Training'],
]) {
  await as(supervisor, desk, language, async (page, picture) => {
    await picture(`home-${language}`);
    await page.goto('/weak-spots');
    await page.getByTestId('weak-spot').first().waitFor();
    await picture(`weak-spots-${language}`);
    await page.getByTestId('weak-spot').first().locator('.spot-side button').first().click();
    await page.getByTestId('evidence').locator('.case').first().click();
    await page.getByTestId('conversation').waitFor();
    await picture(`conversations-${language}`);
  });
  await as(training, desk, language, async (page, picture) => {
    await page.goto('/evaluations');
    await page.locator('main a[href*="/evaluations/"]').first().click();
    await page.getByRole('img').first().waitFor();
    await picture(`effect-${language}`);
  });
  await as(agent, phone, language, (page, picture) => picture(`phone-${language}`));
}
await browser.close();
