/**
 * Signs in as each role of the demonstration and runs Lighthouse on its home page, five times; prints the medians as
 * a table. Told by the environment: KEXUN_BIN, KEXUN_CHROMIUM, KEXUN_BENCH_PORT, RUNS, ROLES,
 * DEMO (the folder of a demonstration that is already built).
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';

const bin = process.env.KEXUN_BIN;
const port = Number(process.env.KEXUN_BENCH_PORT ?? 4710);
const runs = Number(process.env.RUNS ?? 5);
const home = `http://127.0.0.1:${port}/`;
const aims = { performance: 90, accessibility: 95 };

/** Who of the demonstration stands for each role; an agent sits on a phone, everybody else at a desk. */
const people = {
  agent: 'zhoushuxian',
  mentor: 'tanglei',
  supervisor: 'caijingxing',
  lecturer: 'yuanzhiyuan',
  'HR and training': 'fuxiaolong',
  director: 'fumeiling',
  operations: 'xumingxuan',
  inspector: 'huangzhiqiang',
  marketplace: 'dengzixuan',
  admin: 'yetingting',
};

/** Starts the demonstration on data of its own; resolves when it answers. */
async function startDemo(data) {
  const child = spawn(bin, ['demo', '--data', data, '--listen', `127.0.0.1:${port}`], { env: { PATH: process.env.PATH, RUST_LOG: 'warn' }, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let over = false;
  void ended.then(() => (over = true));
  for (let waited = 0; waited < 600; waited++) {
    if (over) throw new Error(`${bin} demo ended before it listened on port ${port}`);
    const ready = await fetch(`${home}readyz`).then((answer) => answer.ok, () => false);
    if (ready) return { stop: () => child.kill('SIGTERM') && ended };
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  child.kill('SIGTERM');
  throw new Error('the demonstration was not ready within ten minutes');
}

/** The cookie of a new session. */
async function signIn(login) {
  const answer = await fetch(`${home}api/v1/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Kexun': '1' },
    body: JSON.stringify({ login, password: 'kexun-demo' }),
  });
  if (!answer.ok) throw new Error(`${login} could not sign in: ${answer.status} ${await answer.text()}`);
  return answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
}

/** The figures of one run. */
async function measure(cookie, phone) {
  const chrome = await launch({
    chromePath: process.env.KEXUN_CHROMIUM,
    chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--lang=zh-CN'],
  });
  try {
    const options = { port: chrome.port, logLevel: 'error', onlyCategories: Object.keys(aims), extraHeaders: { Cookie: cookie } };
    const { lhr } = await lighthouse(home, options, phone ? undefined : desktopConfig);
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    if (!lhr.finalDisplayedUrl.startsWith(home) || lhr.finalDisplayedUrl.includes('sign-in')) throw new Error(`Lighthouse ended at ${lhr.finalDisplayedUrl}`);
    const requests = lhr.audits['network-requests'].details.items;
    const scripts = requests.filter(({ resourceType }) => resourceType === 'Script');
    const failing = Object.values(lhr.audits).filter(({ id, score }) => score === 0 && lhr.categories.accessibility.auditRefs.some((ref) => ref.id === id));
    return {
      performance: lhr.categories.performance.score * 100,
      accessibility: lhr.categories.accessibility.score * 100,
      lcp: lhr.audits['largest-contentful-paint'].numericValue,
      tbt: lhr.audits['total-blocking-time'].numericValue,
      cls: lhr.audits['cumulative-layout-shift'].numericValue,
      scripts: scripts.reduce((sum, { transferSize }) => sum + transferSize, 0),
      failing: failing.map(({ id }) => id),
    };
  } finally {
    chrome.kill();
  }
}

/** Measures again where Lighthouse itself says that it lost its trace: about one run in fifty. */
async function measured(cookie, phone, left = 3) {
  try {
    return await measure(cookie, phone);
  } catch (error) {
    if (left === 0 || !/run Lighthouse again/.test(error.message)) throw error;
    return measured(cookie, phone, left - 1);
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const folder = process.env.DEMO ? null : mkdtempSync(join(tmpdir(), 'kexun-lighthouse-'));
const missed = [];
let demo;
try {
  demo = await startDemo(process.env.DEMO ?? join(folder, 'demo'));
  const chosen = Object.entries(people).filter(([role]) => !process.env.ROLES || process.env.ROLES.split(',').includes(role));
  console.log(`Median of ${runs}; ${cpus().length} processors, load ${loadavg()[0].toFixed(1)} at the beginning.\n`);
  console.log('| home page of | profile | performance | accessibility | LCP | TBT | CLS | JavaScript |');
  console.log('|---|---|---|---|---|---|---|---|');
  for (const [role, login] of chosen) {
    const phone = role === 'agent';
    const cookie = await signIn(login);
    const found = [];
    for (let run = 0; run < runs; run++) found.push(await measured(cookie, phone));
    const of = (key) => median(found.map((one) => one[key]));
    for (const [key, aim] of Object.entries(aims)) {
      if (of(key) < aim) missed.push(`${role}: ${key} ${of(key).toFixed(0)} < ${aim}`);
    }
    const failing = [...new Set(found.flatMap((one) => one.failing))];
    if (failing.length > 0) missed.push(`${role}: audits without a point: ${failing.join(', ')}`);
    console.log(`| ${role} | ${phone ? 'mobile' : 'desktop'} | ${of('performance').toFixed(0)} | ${of('accessibility').toFixed(0)} | ${(of('lcp') / 1000).toFixed(2)} s | ${of('tbt').toFixed(0)} ms | ${of('cls').toFixed(3)} | ${(of('scripts') / 1000).toFixed(0)} kB |`);
  }
  console.log(missed.length > 0 ? `\nMissed: ${missed.join('; ')}.` : '\nEvery aim is met.');
} finally {
  await demo?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
}
