/** Merchants, shops and staff. */
import { accessible } from '../lib/axe.mjs';
import { saveDialog } from './shell.mjs';

export async function addMerchant(page, { name, slug }) {
  await page.getByRole('button', { name: '添加商家' }).click();
  await saveDialog(page, { 商家名称: name, 商家代号: slug });
  await merchant(page, name).waitFor();
}

const merchant = (page, name) => page.getByRole('row').filter({ hasText: name });

/** Follows a merchant's own link to its shops. */
export async function openShopsOf(page, name) {
  await merchant(page, name).getByRole('link', { name: '店铺', exact: true }).click();
  await page.getByRole('heading', { name: '店铺与团队', level: 1 }).waitFor();
}

export async function addShop(page, { name, code }) {
  await page.getByRole('button', { name: '添加店铺' }).click();
  await saveDialog(page, { 店铺名称: name, 店铺编码: code });
  await shop(page, name).waitFor();
}

const shop = (page, name) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });

export async function addTeam(page, shopName, name) {
  await shop(page, shopName).getByRole('button', { name: '添加团队' }).click();
  await saveDialog(page, { 团队名称: name });
  await shop(page, shopName).getByText(name, { exact: true }).waitFor();
}

/** Chooses a spreadsheet of staff, which is tried without changing anything; gives the dialog. */
export async function tryStaff(page, file) {
  // An empty page offers it twice: on top and in its middle.
  await page.getByRole('button', { name: '从表格导入' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=file]').setInputFiles(file);
  return dialog;
}

/** Imports a spreadsheet of staff: looks at the trial first, then does it. */
export async function importStaff(page, file, count) {
  const dialog = await tryStaff(page, file);
  await dialog.getByText(`可导入 ${count} 人`).waitFor();
  await accessible(page);
  await dialog.getByRole('button', { name: `导入 ${count} 人` }).click();
  await dialog.getByText(`已导入 ${count} 人`).waitFor();
  await dialog.locator('.ant-modal-footer').getByRole('button', { name: '关闭' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

export const staffRow = (page, name) => page.getByRole('row').filter({ hasText: name });
