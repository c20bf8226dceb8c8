import { describe, expect, it } from 'vitest';
import { rights } from '@/api/types';
import { navigation, pages, stages } from './routes';

describe('navigation', () => {
  it('shows only stages that have something for the person', () => {
    expect(navigation(['notice:read'])).toEqual([
      { key: 'diagnose', paths: ['/'] },
      { key: 'records', paths: ['/archive'] },
    ]);
    expect(navigation(['staff:read']).map(({ key }) => key)).toEqual(['diagnose', 'records', 'organisation']);
  });

  it('shows merchants only in a marketplace', () => {
    const has = (marketplace: boolean) => navigation(rights, { marketplace }).some(({ paths }) => paths.includes('/merchants'));
    expect(has(true)).toBe(true);
    expect(has(false)).toBe(false);
  });

  it('offers an agent what he has a use for, not all that is open to him', () => {
    const paths = (agent: boolean) => navigation(['org:read', 'need:read', 'course:read', 'class:read', 'exam:sit'], { agent }).flatMap((stage) => stage.paths);
    expect(paths(true)).toEqual(['/', '/needs', '/learn', '/courses', '/exams', '/archive']);
    expect(paths(false)).toEqual(expect.arrayContaining(['/tasks', '/classes', '/shops']));
  });

  it('leads to pages that exist', () => {
    const known = pages.map(({ path }) => path);
    for (const { paths } of stages) for (const path of paths) expect(known).toContain(path);
  });
});
