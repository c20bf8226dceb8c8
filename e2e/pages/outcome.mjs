/** What training changed. */
import { accessible } from '../lib/axe.mjs';
import { choose } from './shell.mjs';

/** Evaluates a class by the figure that the form offers first; gives the panel with the verdict. */
export async function evaluateClass(page, title) {
  await page.getByRole('button', { name: '评估一次培训' }).first().click();
  const dialog = page.getByRole('dialog', { name: '评估一次培训' });
  await choose(dialog, '培训班', title);
  await accessible(page);
  await dialog.getByRole('button', { name: '开始计算' }).click();
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
  const verdict = page.getByTestId('verdict');
  await verdict.waitFor();
  await accessible(page);
  return verdict;
}

/** The evaluation as the program holds it, of the page that shows it. */
export async function evaluationOf(page) {
  const id = new URL(page.url()).pathname.split('/').at(-1);
  return (await page.request.get(`/api/v1/evaluations/${id}`)).json();
}

/** Follows the thread under the title to one of its steps. */
export async function followThread(page, step) {
  const thread = page.getByRole('list', { name: '脉络' }).first();
  await thread.getByRole('link', { name: step, exact: true }).click();
}
