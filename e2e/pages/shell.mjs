/** The frame around every page. */
import { accessible } from '../lib/axe.mjs';

/** Goes to a page by the main navigation, and waits until its title stands there. */
export async function go(page, entry, title = entry) {
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: entry, exact: true }).click();
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
  await accessible(page);
}

/** Fills the open dialog, by label, saves it and waits until it has gone. */
export async function saveDialog(page, fields) {
  const dialog = page.getByRole('dialog');
  for (const [label, value] of Object.entries(fields)) {
    await dialog.getByLabel(label, { exact: true }).fill(value);
  }
  await accessible(page);
  await dialog.getByRole('button', { name: '保存' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Chooses an option of a list within a dialog, by the list's label. */
export async function choose(dialog, label, option) {
  const field = dialog.getByRole('combobox', { name: label });
  await field.click();
  // Another list may still be closing: this one is known by the name that its field gives.
  const page = dialog.page();
  const list = page.locator('.ant-select-dropdown', { has: page.locator(`[id="${await field.getAttribute('aria-controls')}"]`) });
  await list.locator('.ant-select-item-option').filter({ hasText: option }).first().click();
  // Where several may be chosen it stays open.
  await field.blur();
  await list.waitFor({ state: 'hidden' });
}

/** Agrees to what the program asks. */
export async function confirm(page, button) {
  const asked = page.locator('.ant-modal-confirm');
  await asked.getByRole('button', { name: button, exact: true }).click();
  await asked.waitFor({ state: 'hidden' });
}
