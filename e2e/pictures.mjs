/** The pictures of the README, taken from the demonstration: `node e2e/pictures.mjs` beside a `make run`. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { desk, quiet } from './lib/browser.mjs';

const base = process.env.KEXUN_URL ?? 'http://127.0.0.1:8080';
const folder = fileURLToPath(new URL('../docs/images/', import.meta.url));
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.KEXUN_CHROMIUM ?? '/usr/bin/chromium', args: quiet });

/** The demonstration's public password. */
const password = 'kexun-demo';

async function as(login, viewport, language, take) {
  const context = await browser.newContext({ baseURL: base, viewport, locale: language, timezoneId: 'Asia/Shanghai', deviceScaleFactor: 1 });
  const page = await context.newPage();
  await page.addInitScript((chosen) => localStorage.setItem('kexun.language', chosen), language);
  await context.request.post('/api/v1/session', { data: { login, password }, headers: { 'X-Kexun': '1' } });
  await page.goto('/');
  await page.locator('main h1').waitFor();
  await take(page, async (name) => {
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(1000);
    await page.screenshot({ path: `${folder}${name}.png` });
  });
  await context.close();
}

for (const language of ['zh-CN', 'en']) {
  await as('caijingxing', desk, language, async (page, picture) => {
    await page.goto('/weak-spots');
    await page.getByTestId('weak-spot').first().waitFor();
    await picture(`weak-spots-${language}`);
    await page.getByTestId('weak-spot').first().locator('.spot-side button').first().click();
    await page.getByTestId('evidence').locator('.case').first().click();
    await page.getByTestId('conversation').waitFor();
    await picture(`conversations-${language}`);
  });
  await as('yuanzhiyuan', desk, language, async (page, picture) => {
    await page.goto('/evaluations');
    // The one that helped: there is more to see.
    await page.locator('[data-testid=evaluation][data-verdict=better] a').first().click();
    // The chart is what the picture is for; it is drawn last.
    await page.locator('main [role=img] svg path').nth(20).waitFor({ state: 'attached' });
    await picture(`effect-${language}`);
  });
}
await browser.close();
