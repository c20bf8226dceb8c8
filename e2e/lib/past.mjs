/** What happened before a journey begins and has no page of its own: told to the API. */
import assert from 'node:assert/strict';
import { loop } from './records.mjs';
import { password, company } from './seed.mjs';

/** Somebody signed in; gives a function that calls the API as him. */
async function session({ login }) {
  const base = `${process.env.KEXUN_URL}/api/v1`;
  const headers = { 'X-Kexun': '1', 'Content-Type': 'application/json' };
  const entered = await fetch(`${base}/session`, { method: 'POST', headers, body: JSON.stringify({ login, password }) });
  assert.equal(entered.ok, true, `${login} signs in: ${entered.status}`);
  const cookie = entered.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
  return async (method, path, body) => {
    const response = await fetch(base + path, { method, headers: { ...headers, cookie }, body: body && JSON.stringify(body) });
    const text = await response.text();
    assert.equal(response.ok, true, `${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : null;
  };
}

/** The class of last month: those who were taught in it came, as the paper list said. */
export async function holdPastClass(title) {
  const hr = await session(company.hr);
  const { people, lecturers } = await hr('GET', '/classes/choices');
  const accounts = new Set(loop.taught.map(({ account }) => account));
  const staff = people.filter(({ account }) => accounts.has(account)).map(({ id }) => id);
  assert.equal(staff.length, accounts.size);
  const lecturer = lecturers.find(({ name }) => name === company.lecturer.name).id;
  const starts = Date.now() - loop.heldDaysAgo * 86_400_000;
  const at = (minutes) => new Date(starts + minutes * 60_000).toISOString();
  const { id } = await hr('POST', '/classes', { title, competence: 'chat', starts_at: at(0), ends_at: at(90), place: '三楼培训室', lecturer, audience: { staff } });
  await hr('POST', `/classes/${id}/announce`, { version: 1 });
  // Long over, it is closed at once with everybody absent; who came is put right afterwards.
  const { version } = await hr('GET', `/classes/${id}`);
  await hr('POST', `/classes/${id}/close`, { version });
  for (const who of (await hr('GET', `/classes/${id}`)).participants) {
    await hr('PATCH', `/classes/${id}/participants/${who.id}`, { status: 'present', reason: '按纸质签到表补录', version: who.version });
  }
}
