/** A supervisor uploads his shop's chat records and goes to the conversations behind a weak spot. */
import assert from 'node:assert/strict';
import { desk, fits, journey } from '../lib/journey.mjs';
import { agents, conversations, slowAgent } from '../lib/records.mjs';
import { people } from '../lib/seed.mjs';
import { importFact, openEvidence, openFirstCase, spotsOf, upload } from '../pages/service.mjs';
import { go } from '../pages/shell.mjs';
import { signIn } from '../pages/sign-in.mjs';

const file = { name: '聊天记录.csv', mimeType: 'text/csv', buffer: conversations() };

journey('a supervisor goes from an upload to the conversations behind a weak spot', desk, async (page) => {
  await signIn(page, people.supervisor);
  await go(page, '导入');
  const detail = await upload(page, file);
  assert.equal(await importFact(detail, '进入系统'), (agents.length * 40 * 3).toString());
  assert.equal(await importFact(detail, '退回'), '0');

  await detail.getByRole('link', { name: '看薄弱点' }).click();
  const spots = spotsOf(page, slowAgent);
  await spots.first().waitFor();
  for (const other of agents.filter((agent) => agent !== slowAgent)) {
    assert.equal(await spotsOf(page, other).count(), 0, `${other} is as quick as the others`);
  }
  await fits(page);

  const drawer = await openEvidence(page, spots.first());
  assert.match(await drawer.locator('.case').first().innerText(), new RegExp(slowAgent));
  const chat = await openFirstCase(page, drawer);
  const text = await chat.innerText();
  assert.match(text, /什么时候发货/);
  assert.match(text, /等了 [45] 分/);
  assert.doesNotMatch(text, /13800138000/, 'a telephone number is masked');
});

journey('the same file again changes nothing', desk, async (page) => {
  await signIn(page, people.supervisor);
  await go(page, '导入');
  const detail = await upload(page, file);
  assert.equal(await importFact(detail, '进入系统'), '0');
  assert.equal(await importFact(detail, '已有'), (agents.length * 40 * 3).toString());
});
