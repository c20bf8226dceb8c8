/** axe on a page as it stands: what it calls serious or critical is an error. */
import { AxeBuilder } from '@axe-core/playwright';

const grave = new Set(['serious', 'critical']);

/** Waits until nothing is loading and nothing that ends is moving: twice, since what has come may ask for more. */
export async function settled(page) {
  await still(page);
  await page.waitForTimeout(150);
  await still(page);
}

async function still(page) {
  await page.locator('[aria-busy="true"], .ant-spin-spinning, .ant-skeleton').first().waitFor({ state: 'detached' });
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map((one) => one.finished));
  });
}

/** What is grave on the page, each as one readable piece of text. */
export async function graveFindings(page) {
  await settled(page);
  // A toast that is just fading has no contrast, and nobody reads it any more.
  const { violations } = await new AxeBuilder({ page }).exclude('.ant-message').analyze();
  return violations
    .filter(({ impact }) => grave.has(impact))
    .map(({ id, impact, help, nodes }) => {
      const places = nodes.slice(0, 5).map(({ target, html, any, all, none }) => {
        const why = [...any, ...all, ...none].map(({ message }) => message).slice(0, 2);
        return `    ${target.join(' ')}\n      ${html.slice(0, 160)}\n      ${why.join('; ')}`;
      });
      const more = nodes.length > 5 ? `\n    and ${nodes.length - 5} more` : '';
      return `  ${id} (${impact}): ${help}\n${places.join('\n')}${more}`;
    });
}

/** Names of pages and drawers already looked at, by window: once is enough for each. */
const seen = new Set();

/** What was found since the journey began: it goes on, and fails at its end with all of it. */
export const found = [];

/** Nobody is shut out of what stands on the page: looks for what axe calls grave. */
export async function accessible(page) {
  const path = new URL(page.url()).pathname.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gu, ':id');
  const dialogs = await page.getByRole('dialog').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.getAttribute('aria-labelledby') ?? '').join());
  const heading = await page.locator('h1').allInnerTexts();
  const name = [path, heading.join(), dialogs, page.viewportSize()?.width].join(' ');
  if (seen.has(name)) return;
  seen.add(name);
  const findings = await graveFindings(page);
  if (findings.length > 0) found.push(`axe on ${page.url()} (${page.viewportSize()?.width} px):\n${findings.join('\n')}`);
}
