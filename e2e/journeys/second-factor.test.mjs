/** An agent protects the account with a second factor, loses the phone, and is helped. */
import assert from 'node:assert/strict';
import { desk, fits, journeyOfMany, phone } from '../lib/journey.mjs';
import { people } from '../lib/seed.mjs';
import { totp } from '../lib/totp.mjs';
import { confirm, go } from '../pages/shell.mjs';
import { signIn, signInWithCode, turnSecondFactorOn } from '../pages/sign-in.mjs';

journeyOfMany('an agent turns the second factor on, and an administrator off again', async (enter) => {
  const page = await enter(phone);
  await signIn(page, people.careful);
  await go(page, '我', '我的账号');
  await fits(page);
  const { secret, codes } = await turnSecondFactorOn(page, totp);
  assert.equal(codes.length, 10);
  await page.getByText('还剩 10 个恢复码').waitFor();
  await fits(page);

  // On another phone: the code of the next step, since the present one is used up; then a recovery code.
  const other = await enter(phone);
  await signInWithCode(other, people.careful, totp(secret, 1));
  const third = await enter(phone);
  await signInWithCode(third, people.careful, codes[0].trim());
  await go(third, '我', '我的账号');
  await third.getByText('还剩 9 个恢复码').waitFor();

  // Their sessions end: what they ask meanwhile would be refused.
  for (const open of [page, other, third]) await open.goto('about:blank');

  const boss = await enter(desk);
  await signIn(boss, people.keeper);
  await go(boss, '人员');
  await boss.getByText(people.careful.name).first().click();
  const drawer = boss.getByTestId('staff-detail');
  await drawer.getByRole('button', { name: '关闭两步验证' }).click();
  await confirm(boss, '关闭两步验证');
  await drawer.getByText('未开启').waitFor();
  await fits(boss);
  await signIn(await enter(phone), people.careful);
});
