/**
 * Once round the loop: from a file of chats to a weak spot, a need, an approved plan, a course, a class, an exam, and the
 * question whether all that changed anything.
 */
import assert from 'node:assert/strict';
import { desk, fits, journeyOfMany, phone } from '../lib/journey.mjs';
import { holdPastClass } from '../lib/past.mjs';
import { loop, loopConversations } from '../lib/records.mjs';
import { company } from '../lib/seed.mjs';
import { answer, asked, beginExam, handIn, importQuestions, makePaper, setExamOnClass } from '../pages/assessment.mjs';
import { announceClass, approvePlan, arrangeClass, codeOnScreen, endClass, learnCourse, planFromNeeds, publishCourse, raiseNeed, reportNeed, signInToClass, sortNeed } from '../pages/learning.mjs';
import { evaluateClass, evaluationOf, followThread } from '../pages/outcome.mjs';
import { importFact, spotsOf, upload } from '../pages/service.mjs';
import { go } from '../pages/shell.mjs';
import { signIn } from '../pages/sign-in.mjs';

const [learner] = loop.slow;
const lastMonth = '首响提速班（上月）';
const record = { name: '山禾聊天记录.csv', mimeType: 'text/csv', buffer: loopConversations() };
const report = { title: '嵌入式洗碗机的柜体尺寸答不上来', description: '客户常问柜子净宽净深，我每次都要去问别人。' };
const course = { title: '先应一声，再查资料', competence: '接待效率', lesson: '三十秒之内先应答', text: '客户进线后，先用一句话应答，再去查资料。' };
const klass = { title: '首响提速班（本月）', lecturer: company.lecturer.name, level: '新手' };
const exam = { title: '首响提速结业考试', paper: '首响提速结业卷' };
const answers = { 进线后应在多少秒之内先应答: '30', 可以先应一声再去查资料: '正确', 查资料要很久时最好怎么做: '先说明需要等多久' };
const questions = `进线后应在多少秒之内先应答？{=30 ~300 ~600}

可以先应一声再去查资料。{T}

查资料要很久时最好怎么做？{=先说明需要等多久 ~让客户自己等 ~结束会话}
`;

async function bringsRecordIn(page) {
  await signIn(page, company.operations);
  await go(page, '导入');
  const detail = await upload(page, record);
  assert.equal(await importFact(detail, '退回'), '0');
}

async function reports(page) {
  await signIn(page, company.agent);
  await page.getByRole('link', { name: '上报难处' }).click();
  await reportNeed(page, report);
  await fits(page);
}

/** Gives the titles of the two needs. */
async function findsAndSorts(page) {
  await signIn(page, company.supervisor);
  await go(page, '薄弱点');
  const spots = spotsOf(page, learner.account);
  await spots.first().waitFor();
  for (const { account } of [...loop.quick, ...loop.taught]) {
    assert.equal(await spotsOf(page, account).count(), 0, `${account} is quick`);
  }
  const raised = await raiseNeed(page, spots.first());
  await go(page, '培训需求');
  await sortNeed(page, report.title, { competence: '商品知识', severity: '明显' });
  return [raised, report.title];
}

async function plans(page, needs) {
  await signIn(page, company.hr);
  await go(page, '培训计划');
  await planFromNeeds(page, needs);
  await fits(page);
}

async function approves(page) {
  await signIn(page, company.director);
  await go(page, '培训计划');
  await approvePlan(page, '同意，先把首响提上来。');
}

/** A lecturer teaches; whom he teaches is for HR to say. */
async function arranges(page) {
  await page.reload();
  const item = page.getByRole('article').filter({ hasText: course.competence });
  await item.waitFor();
  await fits(page);
  await item.getByRole('link', { name: '安排培训班' }).click();
  await arrangeClass(page, klass);
  await announceClass(page);
  await fits(page);
}

/** Course, questions, paper and exam; in the end the screen with the code. */
async function prepares(page) {
  await signIn(page, company.lecturer);
  await go(page, '课程');
  await publishCourse(page, course);
  await go(page, '题库');
  await importQuestions(page, { name: '首响.gift', mimeType: 'text/plain', buffer: Buffer.from(questions) }, 3);
  await go(page, '试卷');
  await makePaper(page, exam.paper, 3);
  await go(page, '培训班');
  await page.getByRole('link', { name: klass.title }).click();
  await setExamOnClass(page, exam);
  await go(page, '培训班');
  await page.getByRole('link', { name: klass.title }).click();
  await page.getByRole('link', { name: '签到屏' }).click();
  await page.getByTestId('class-code').waitFor();
  await fits(page);
}

async function learns(page) {
  await go(page, '学习', '我的学习');
  await fits(page);
  await page.getByRole('link', { name: '全部课程' }).click();
  await learnCourse(page, course);
  await fits(page);
}

async function comes(page, screen) {
  await go(page, '学习', '我的学习');
  await page.getByRole('link', { name: klass.title }).click();
  await page.getByRole('button', { name: '签到', exact: true }).or(page.getByRole('link', { name: '签到', exact: true })).first().click();
  await signInToClass(page, () => codeOnScreen(screen));
  await fits(page);
  await screen.getByText('已签到 1 / 2 人').waitFor();
}

async function sits(page) {
  await go(page, '考试');
  await beginExam(page, exam.title);
  await fits(page);
  await answer(page, answers);
  const first = await asked(page, answers);
  await page.reload();
  await page.getByText(/^已答 1/).waitFor();
  assert.equal(await asked(page, answers), first, 'the same question stands in the same place');
  assert.ok(await page.getByRole('radio', { name: answers[first], exact: true }).isChecked(), 'the answer is still there');
  for (let n = 1; n < 3; n++) {
    await page.getByRole('button', { name: '下一题' }).click();
    await answer(page, answers);
  }
  await handIn(page);
  await page.getByText('优秀', { exact: true }).waitFor();
  await fits(page);
}

/** What last month's class changed, what this one cannot have changed yet, and what it all came from. */
async function judges(page) {
  await signIn(page, company.supervisor);
  await go(page, '培训成效');
  const verdict = await evaluateClass(page, lastMonth);
  assert.equal(await verdict.getAttribute('data-verdict'), 'better');
  const { estimate } = (await evaluationOf(page)).outcome;
  assert.ok(estimate.low < -90 && estimate.high < 0 && estimate.low <= estimate.effect && estimate.effect <= estimate.high, `an interval without zero: ${JSON.stringify(estimate)}`);
  await fits(page);

  await go(page, '培训成效');
  const tooEarly = await evaluateClass(page, klass.title);
  assert.equal(await tooEarly.getAttribute('data-verdict'), 'not_enough');
  await tooEarly.getByText('数据太少，还不能判断：受训人员在培训后还没有数据').waitFor();

  await followThread(page, '会话');
  await page.getByRole('heading', { name: '会话', level: 1 }).waitFor();
  const first = page.getByRole('row').filter({ hasText: learner.account }).first();
  await first.waitFor();
  await fits(page);
}

journeyOfMany('once round the loop', async (enter) => {
  await holdPastClass(lastMonth);
  await bringsRecordIn(await enter(desk));
  const agent = await enter(phone);
  await reports(agent);
  const needs = await findsAndSorts(await enter(desk));
  const hr = await enter(desk);
  await plans(hr, needs);
  await approves(await enter(desk));
  await arranges(hr);
  const lecturer = await enter(desk);
  await prepares(lecturer);
  await learns(agent);
  await comes(agent, lecturer);
  await sits(agent);
  await lecturer.getByRole('link', { name: '回到培训班' }).click();
  await endClass(lecturer);
  await judges(await enter(desk));
});
