/** Questions, papers and exams. */
import { accessible } from '../lib/axe.mjs';
import { choose, confirm } from './shell.mjs';

/** Imports a file of questions: looks at what was read first, then does it. */
export async function importQuestions(page, file, count) {
  await page.getByRole('button', { name: '导入题目' }).first().click();
  const dialog = page.getByRole('dialog', { name: '导入题目' });
  await dialog.locator('input[type=file]').setInputFiles(file);
  await dialog.getByRole('button', { name: `导入 ${count} 题` }).waitFor();
  await accessible(page);
  await dialog.getByRole('button', { name: `导入 ${count} 题` }).click();
  await dialog.getByText(`已导入 ${count} 题`).waitFor();
  await dialog.locator('.ant-modal-footer').getByRole('button', { name: '关闭' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Puts a paper together from all questions of the bank. */
export async function makePaper(page, title, count) {
  await page.getByRole('button', { name: '组一份试卷' }).click();
  const drawer = page.getByRole('dialog', { name: '组一份试卷' });
  await drawer.getByLabel('名称').fill(title);
  for (let n = 0; n < count; n++) await drawer.getByRole('button', { name: '加入' }).first().click();
  await drawer.getByText(`${count} 题，共`).waitFor();
  await accessible(page);
  await drawer.getByRole('button', { name: '保存' }).click();
  await drawer.waitFor({ state: 'hidden' });
}

/** Sets an exam on the class whose page is open, for those who take part in it, from now on. */
export async function setExamOnClass(page, { title, paper }) {
  await page.getByRole('link', { name: '安排考试' }).click();
  const drawer = page.getByRole('dialog', { name: '安排考试' });
  await drawer.getByLabel('名称').fill(title);
  await choose(drawer, '试卷', paper);
  await drawer.getByLabel('开始', { exact: true }).fill(new Date(Date.now() + 8 * 3600_000 - 60_000).toISOString().slice(0, 16));
  await accessible(page);
  await drawer.getByRole('button', { name: '安排并通知' }).click();
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
  await accessible(page);
}

/** Begins an exam from the list of exams. */
export async function beginExam(page, title) {
  await page.getByRole('link').filter({ hasText: title }).click();
  await page.getByRole('button', { name: '开始考试' }).click();
  await confirm(page, '开始考试');
  await page.getByRole('timer', { name: '剩余时间' }).waitFor();
}

/** Which of these questions is being asked. */
export async function asked(page, answers) {
  const text = await page.locator('.sit-text').innerText();
  return Object.keys(answers).find((known) => text.includes(known));
}

/** Gives the right answer to the question that is being asked, and waits until it is safe. */
export async function answer(page, answers) {
  const right = answers[await asked(page, answers)];
  const field = page.getByRole('textbox', { name: '在这里作答' });
  if (await field.count()) await field.fill(right);
  else await page.getByRole('radio', { name: right, exact: true }).check();
  await page.getByText(/^已答 [1-9]/).waitFor();
  await page.getByRole('status').filter({ hasText: '已保存' }).waitFor();
}

export async function handIn(page) {
  await page.getByRole('button', { name: '交卷', exact: true }).first().click();
  const dialog = page.getByRole('dialog', { name: '确定交卷？' });
  await dialog.getByText('所有题目都已作答').waitFor();
  await accessible(page);
  await dialog.getByRole('button', { name: '交卷', exact: true }).click();
  await page.getByRole('heading', { name: '你的成绩' }).waitFor();
}
