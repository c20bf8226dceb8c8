import { join } from 'node:path';
import { ESLint } from 'eslint';
import { expect, it } from 'vitest';

const eslint = new ESLint({ cwd: join(import.meta.dirname, '..') });

const complaints = async (file: string, code: string) => {
  const [result] = await eslint.lintText(code, { filePath: join(import.meta.dirname, '..', file) });
  return (result?.messages ?? []).filter(({ ruleId }) => ruleId === 'no-restricted-imports').length;
};

it('an area may not import another, nor may shared folders import a feature', async () => {
  expect(await complaints('src/features/people/staff/x.ts', "import '@/features/service/kpi/queries';")).toBe(1);
  expect(await complaints('src/features/people/staff/x.ts', "import '../audit/AuditPage';")).toBe(1);
  expect(await complaints('src/components/x.ts', "import '@/features/service/kpi/queries';")).toBe(1);
  expect(await complaints('src/api/x.ts', "import '@/components/Page';")).toBe(1);
  expect(await complaints('src/features/people/staff/x.ts', "import '@/components/Page'; import '@/app/session'; import './queries';")).toBe(0);
});
