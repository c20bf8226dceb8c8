/** The sign-in page. */
import { accessible } from '../lib/axe.mjs';
import { password } from '../lib/seed.mjs';

export async function signIn(page, { login, name }) {
  await enter(page, login);
  await page.getByRole('heading', { name: `${name}，你好` }).waitFor();
  await accessible(page);
}

/** The same, where a code is asked for beside the password. */
export async function signInWithCode(page, { login, name }, code) {
  await enter(page, login);
  await page.getByLabel('验证码').fill(code);
  await accessible(page);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('heading', { name: `${name}，你好` }).waitFor();
}

async function enter(page, login) {
  await page.goto('/sign-in');
  await accessible(page);
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

/** Turns the second factor on under the own account: gives the app's secret and the recovery codes. */
export async function turnSecondFactorOn(page, codeOf) {
  await page.getByRole('button', { name: '开启', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '开启两步验证' });
  await dialog.getByLabel('当前密码').fill(password);
  await accessible(page);
  await dialog.getByRole('button', { name: '下一步' }).click();
  const secret = (await dialog.locator('code').innerText()).replaceAll(' ', '');
  await dialog.getByLabel('再输入它显示的 6 位验证码').fill(codeOf(secret));
  await accessible(page);
  await dialog.getByRole('button', { name: '开启', exact: true }).click();
  const kept = page.getByRole('dialog', { name: '保存好恢复码' });
  await kept.getByRole('listitem').last().waitFor();
  const codes = await kept.getByRole('listitem').allInnerTexts();
  await accessible(page);
  await kept.getByRole('button', { name: '我已保存' }).click();
  await kept.waitFor({ state: 'hidden' });
  return { secret, codes };
}
