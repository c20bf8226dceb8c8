/** The program under test, as a process with fresh data. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const bin = process.env.KEXUN_BIN ?? 'target/debug/kexun';

function environment(database, data) {
  const own = { PATH: process.env.PATH, KEXUN_DATA: data, RUST_LOG: 'warn,kexun=info' };
  if (database === 'sqlite') return own;
  const folder = process.env.KEXUN_TEST_PG;
  if (!folder) throw new Error('journeys on PostgreSQL run under scripts/with-postgres.sh');
  return { ...own, KEXUN_DATABASE_URL: `postgres://kexun@localhost/postgres?host=${folder}` };
}

/** Starts `kexun serve` on 'sqlite' or 'postgres'; resolves when it listens. */
export async function start(database) {
  const data = mkdtempSync(join(tmpdir(), 'kexun-journeys-'));
  const env = environment(database, data);
  const child = spawn(bin, ['serve', '--listen', '127.0.0.1:0'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const log = [];
  const url = await new Promise((resolve, reject) => {
    ended.then((code) => reject(new Error(`kexun serve ended with ${code}:\n${log.join('\n')}`)));
    createInterface({ input: child.stderr }).on('line', (line) => {
      log.push(line);
      const found = /listening on (http:\/\/[\d.:]+)/.exec(line);
      if (found) resolve(found[1]);
      if (/ERROR|panicked/.test(line)) console.error(line);
    });
  });
  return {
    url,
    /** Runs a command of the program on the same data; fails when it does. */
    cli: (...args) => execFileSync(bin, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }),
    async stop() {
      child.kill('SIGTERM');
      const code = await ended;
      rmSync(data, { recursive: true, force: true });
      if (code !== 0) throw new Error(`kexun serve ended with ${code}:\n${log.slice(-20).join('\n')}`);
    },
  };
}
