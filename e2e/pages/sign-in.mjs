/** The sign-in page. */
import { accessible } from '../lib/axe.mjs';
import { password } from '../lib/seed.mjs';

export async function signIn(page, { login, name }) {
  await page.goto('/sign-in');
  await accessible(page);
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('heading', { name: `${name}，你好` }).waitFor();
  await accessible(page);
}
