/** Who is there before a journey begins: made at the command line, as an operator would. */

export const password = 'kexun-journeys-2026';

export const people = {
  platformAdmin: { login: 'pingtai', name: '平台管理员', tenant: 'yunji', role: 'admin' },
  supervisor: { login: 'zhuguan', name: '张主管', tenant: 'qinghe', role: 'supervisor' },
  agent: { login: 'wangfang', name: '王芳', tenant: 'qinghe', role: 'agent' },
};

export function seed({ cli }) {
  cli('tenant', 'create', 'yunji', '--name', '云集平台');
  cli('tenant', 'create', 'qinghe', '--name', '青禾家居', '--parent', 'yunji');
  for (const { login, name, tenant, role } of Object.values(people)) {
    cli('user', 'create', login, '--name', name, '--tenant', tenant, '--role', role, '--password', password);
  }
}
