/** Who is there before a journey begins: made at the command line, as an operator would. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loop, loopStaff } from './records.mjs';

export const password = 'kexun-journeys-2026';

export const people = {
  platformAdmin: { login: 'pingtai', name: '平台管理员', tenant: 'yunji', role: 'admin' },
  supervisor: { login: 'zhuguan', name: '张主管', tenant: 'qinghe', role: 'supervisor' },
  agent: { login: 'wangfang', name: '王芳', tenant: 'qinghe', role: 'agent' },
  keeper: { login: 'guanli', name: '管理员小管', tenant: 'qinghe', role: 'admin' },
  // The one who turns his second factor on.
  careful: { login: 'yanjin', name: '严谨', tenant: 'qinghe', role: 'agent' },
};

/** Those who go once round the loop, in a company that no other journey touches. */
export const company = {
  operations: { login: 'sh-yunying', name: '钱运营', tenant: 'shanhe', role: 'operations' },
  supervisor: { login: 'sh-zhuguan', name: '孙主管', tenant: 'shanhe', role: 'supervisor' },
  hr: { login: 'sh-renshi', name: '李人事', tenant: 'shanhe', role: 'hr' },
  director: { login: 'sh-zongjian', name: '周总监', tenant: 'shanhe', role: 'director' },
  lecturer: { login: 'sh-jiangshi', name: '吴讲师', tenant: 'shanhe', role: 'lecturer' },
  // One of the staff in the spreadsheet: his account is the one in the chats.
  agent: { login: loop.slow[0].account, name: loop.slow[0].name },
};

export function seed({ cli }) {
  cli('tenant', 'create', 'yunji', '--name', '云集平台');
  cli('tenant', 'create', 'qinghe', '--name', '青禾家居', '--parent', 'yunji');
  cli('tenant', 'create', 'shanhe', '--name', '山禾家电');
  for (const { login, name, tenant, role } of [...Object.values(people), ...Object.values(company)]) {
    if (role) cli('user', 'create', login, '--name', name, '--tenant', tenant, '--role', role, '--password', password);
  }
  const folder = mkdtempSync(join(tmpdir(), 'kexun-seed-'));
  const file = join(folder, '山禾人员.csv');
  writeFileSync(file, loopStaff());
  cli('import', 'staff', file, '--tenant', 'shanhe');
  rmSync(folder, { recursive: true, force: true });
  cli('user', 'password', company.agent.login, '--password', password);
}
