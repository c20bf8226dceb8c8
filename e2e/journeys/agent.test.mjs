/** An agent signs in on a phone. */
import assert from 'node:assert/strict';
import { fits, journey, phone, scriptsWithin } from '../lib/journey.mjs';
import { people } from '../lib/seed.mjs';
import { go } from '../pages/shell.mjs';
import { signIn } from '../pages/sign-in.mjs';

journey('an agent looks at the day on a phone', phone, async (page) => {
  await page.goto('/sign-in');
  await fits(page);
  await signIn(page, people.agent);
  await fits(page);
  await page.goto('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  await scriptsWithin(page, 250);
  await go(page, '指标');
  await fits(page);
  await go(page, '学习');
  await page.getByRole('link', { name: '全部课程' }).click();
  await fits(page);
  const tabs = page.getByRole('navigation', { name: '主导航' });
  assert.equal(await tabs.getByRole('link', { name: '导入' }).count(), 0, 'what is not his is not offered');
});

journey('an empty sign-in says what is missing', phone, async (page) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByText('请输入账号').waitFor();
  await signIn(page, people.agent);
});
