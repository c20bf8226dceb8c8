/** Imports, weak spots, and the conversations behind them. */
import { accessible } from '../lib/axe.mjs';

/** Uploads a file on the imports page, and waits until it is in the system. */
export async function upload(page, file) {
  await page.locator('main input[type=file]').setInputFiles(file);
  const detail = page.getByTestId('import-detail');
  await detail.getByText(file.name).waitFor();
  await detail.getByText('已完成').waitFor({ timeout: 60_000 });
  await accessible(page);
  return detail;
}

/** A number of the open import, by its name. */
export const importFact = (detail, name) =>
  detail.locator('.import-facts > div').filter({ hasText: name }).locator('dd').innerText();

export const spotsOf = (page, agent) => page.getByTestId('weak-spot').filter({ hasText: agent });

/** Opens the conversations behind a weak spot; gives the drawer they stand in. */
export async function openEvidence(page, spot) {
  await spot.getByRole('button', { name: '看这些会话' }).click();
  const drawer = page.getByTestId('evidence');
  await drawer.locator('.case').first().waitFor();
  await accessible(page);
  return drawer;
}

/** Opens the first conversation of the list; gives the chat. */
export async function openFirstCase(page, drawer) {
  await drawer.locator('.case').first().click();
  const chat = page.getByTestId('conversation');
  await chat.waitFor();
  await accessible(page);
  return chat;
}
