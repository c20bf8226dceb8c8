import { expect, it } from 'vitest';
import type { Archive, ArchiveEntry } from '@/api/types';
import { byYear, chosen, competencesOf } from './entries';

const entry = (day: string, kind: ArchiveEntry['kind'], competence: ArchiveEntry['competence']) => ({ day, kind, competence }) as ArchiveEntry;
const entries = [entry('2026-07-02', 'exam', 'product'), entry('2026-01-01', 'class', null), entry('2025-12-31', 'class', 'product')];
const archive = { entries } as Archive;
const all = { kind: null, competence: null, from: null, to: null };

it('shows the part of an archive that was chosen, its ends included', () => {
  expect(chosen(archive, all)).toEqual(entries);
  expect(chosen(archive, { ...all, kind: 'class' })).toHaveLength(2);
  expect(chosen(archive, { ...all, competence: 'product', kind: 'class' })).toEqual([entries[2]]);
  expect(chosen(archive, { ...all, from: '2026-01-01', to: '2026-07-02' })).toEqual(entries.slice(0, 2));
});

it('names each competence once and each year once', () => {
  expect(competencesOf(archive)).toEqual(['product']);
  expect(byYear(entries).map(({ year, entries: of }) => [year, of.length])).toEqual([
    ['2026', 2],
    ['2025', 1],
  ]);
});
