/** The frame around every page. */

/** Goes to a page by the main navigation, and waits until its title stands there. */
export async function go(page, entry, title = entry) {
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: entry, exact: true }).click();
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
}

/** Fills the open dialog, by label, saves it and waits until it has gone. */
export async function saveDialog(page, fields) {
  const dialog = page.getByRole('dialog');
  for (const [label, value] of Object.entries(fields)) {
    await dialog.getByLabel(label, { exact: true }).fill(value);
  }
  await dialog.getByRole('button', { name: '保存' }).click();
  await dialog.waitFor({ state: 'hidden' });
}
