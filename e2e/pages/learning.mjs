/** Needs, plans, courses and classes. */
import { accessible } from '../lib/axe.mjs';
import { choose, confirm } from './shell.mjs';

/** Reports a difficulty of one's own, and closes what the page then shows of it. */
export async function reportNeed(page, { title, description }) {
  await page.getByRole('button', { name: '上报难处' }).click();
  const dialog = page.getByRole('dialog', { name: '上报难处' });
  await dialog.getByLabel('难处').fill(title);
  await dialog.getByLabel('具体情况').fill(description);
  await accessible(page);
  await dialog.getByRole('button', { name: '上报', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  const detail = page.getByTestId('need-detail');
  await detail.getByRole('heading', { name: title }).waitFor();
  await accessible(page);
  await detail.locator('.ant-drawer-close').click();
  await detail.waitFor({ state: 'hidden' });
}

/** Makes a need of a weak spot with one click, and follows it; gives the need's title. */
export async function raiseNeed(page, spot) {
  await spot.getByRole('button', { name: '提出培训需求' }).click();
  await spot.getByRole('link', { name: '看需求' }).click();
  const detail = page.getByTestId('need-detail');
  return detail.getByRole('heading', { level: 2 }).innerText();
}

/** Sorts a reported need: what it is about, how grave; hands it on. */
export async function sortNeed(page, title, { competence, severity }) {
  await page.getByRole('button', { name: title }).click();
  const detail = page.getByTestId('need-detail');
  await detail.getByRole('heading', { name: title }).waitFor();
  await detail.getByRole('button', { name: '整理并转交' }).click();
  const dialog = page.getByRole('dialog', { name: '整理并转交' });
  await choose(dialog, '属于哪方面', competence);
  await dialog.getByText(severity, { exact: true }).click();
  await dialog.getByRole('button', { name: '整理并转交' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await detail.getByText('待安排').first().waitFor();
}

/** Has a plan drafted from these needs, keeps the draft and submits it. */
export async function planFromNeeds(page, needs) {
  await page.getByRole('button', { name: '制定计划' }).click();
  const dialog = page.getByRole('dialog', { name: '制定计划' });
  for (const need of needs) await dialog.getByRole('checkbox', { name: need }).check();
  await accessible(page);
  await dialog.getByRole('button', { name: '起草' }).click();
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.getByRole('button', { name: '提交审批' }).click();
  await page.getByText('待审批').first().waitFor();
  await accessible(page);
}

/** Approves the first plan in the list. */
export async function approvePlan(page, words) {
  await page.getByRole('row').filter({ hasText: '待审批' }).getByRole('link').first().click();
  await page.getByRole('button', { name: '审批', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '审批' });
  await dialog.getByLabel('意见').fill(words);
  await accessible(page);
  await dialog.getByRole('button', { name: '批准', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('生效中').first().waitFor();
}

/** Makes a course of one text and publishes it. */
export async function publishCourse(page, { title, competence, lesson, text }) {
  await page.getByRole('button', { name: '新建课程' }).first().click();
  const dialog = page.getByRole('dialog', { name: '新建课程' });
  await dialog.getByLabel('课程名称').fill(title);
  await choose(dialog, '能力', competence);
  await dialog.getByRole('button', { name: '保存' }).click();
  await page.getByRole('button', { name: '加文字' }).click();
  const drawer = page.getByRole('dialog', { name: '加文字' });
  await drawer.getByLabel('标题').fill(lesson);
  await drawer.getByLabel('正文').fill(text);
  await drawer.getByRole('button', { name: '保存' }).click();
  await page.getByRole('list', { name: '课程内容' }).getByText(lesson).waitFor();
  await page.getByRole('button', { name: '发布', exact: true }).click();
  await page.getByRole('button', { name: '撤回' }).waitFor();
}

/** Learns a course of one lesson to its end. */
export async function learnCourse(page, { title, text }) {
  await page.getByRole('link').filter({ hasText: title }).click();
  await page.getByRole('button', { name: '开始学习' }).click();
  await page.getByText(text).waitFor();
  await accessible(page);
  await page.getByRole('button', { name: '学完了，回到课程' }).click();
  await page.getByLabel('已学完').waitFor();
}

/** `2026-07-01` and `10:05` in Shanghai. */
function clock(instant) {
  const text = new Date(instant + 8 * 3600_000).toISOString();
  return { day: text.slice(0, 10), time: text.slice(11, 16) };
}

/** Fills the form of a class that began five minutes ago, for everybody of a level, and saves it. */
export async function arrangeClass(page, { title, lecturer, level }) {
  const dialog = page.getByRole('dialog', { name: '安排培训班' });
  await dialog.getByLabel('名称').fill(title);
  await choose(dialog, '讲师', lecturer);
  const from = clock(Date.now() - 5 * 60_000);
  await dialog.getByLabel('日期').fill(from.day);
  await dialog.getByLabel('开始', { exact: true }).fill(from.time);
  await dialog.getByLabel('结束', { exact: true }).fill(clock(Date.now() + 60 * 60_000).time);
  await dialog.getByLabel('地点').fill('三楼培训室');
  await choose(dialog, '等级', level);
  await dialog.getByText('共 2 位学员').waitFor();
  await accessible(page);
  await dialog.getByRole('button', { name: '保存' }).click();
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
}

export async function announceClass(page) {
  await page.getByRole('button', { name: '公布', exact: true }).click();
  await confirm(page, '公布');
  await page.getByText('已公布').first().waitFor();
}

/** The digits on the screen in the room. */
export async function codeOnScreen(page) {
  return (await page.getByTestId('class-code').innerText()).replaceAll(/\D/gu, '');
}

/** Signs in to a class with what stands on its screen: read once it can be typed, for it soon changes. */
export async function signInToClass(page, code) {
  const field = page.getByLabel('输入屏幕上的 6 位数字');
  await field.waitFor();
  await field.fill(await code());
  await page.getByRole('button', { name: '签到', exact: true }).click();
  await page.getByTestId('signed-in').waitFor();
}

/** Lets a class end now, and closes it. */
export async function endClass(page) {
  await page.getByRole('button', { name: '修改', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '修改培训班' });
  await dialog.getByLabel('结束', { exact: true }).fill(clock(Date.now()).time);
  await dialog.getByRole('button', { name: '保存' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: '结束并确认考勤' }).click();
  await confirm(page, '结束');
  await page.getByText('已结束').first().waitFor();
}
