/** Runs the journeys against the program, on each database in turn; closes with one line of counts. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { start } from './lib/program.mjs';
import { seed } from './lib/seed.mjs';

const folder = fileURLToPath(new URL('./journeys/', import.meta.url));
const only = process.argv[2] ?? '';
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.test.mjs') && name.includes(only))
  .sort()
  .map((name) => join(folder, name));
const counts = { passed: 0, failed: 0 };

/** One whole run of all journeys; its environment tells them where the program is. */
function journeys() {
  return new Promise((resolve) => {
    const stream = run({ files, concurrency: 1, timeout: 600_000 });
    // A file reports itself as a test too: only what stands in files counts.
    const counted = (event) => event.nesting === 0 && !event.details?.type && event.name && !files.includes(event.name);
    stream.on('test:pass', (event) => counted(event) && counts.passed++);
    stream.on('test:fail', (event) => counts.failed++);
    stream.compose(spec).pipe(process.stdout, { end: false });
    stream.on('end', resolve);
    stream.resume();
  });
}

for (const database of ['sqlite', 'postgres']) {
  console.log(`journeys on ${database}`);
  const program = await start(database);
  try {
    seed(program);
    process.env.KEXUN_URL = program.url;
    process.env.KEXUN_JOURNEY_DATABASE = database;
    await journeys();
  } finally {
    await program.stop();
  }
}
console.log(`journeys: ${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
