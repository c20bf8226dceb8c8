import type { Archive, ArchiveEntry, Competence } from '@/api/types';

export const entryKinds = ['course', 'class', 'feedback', 'exam', 'coaching'] as const satisfies readonly ArchiveEntry['kind'][];

/** What a person wants to see of an archive. */
export interface Wanted {
  kind: string | null;
  competence: string | null;
  from: string | null;
  to: string | null;
}

/** The archive is here as a whole: choosing a part of it is no further look. */
export function chosen(archive: Archive, { kind, competence, from, to }: Wanted): ArchiveEntry[] {
  return archive.entries.filter(
    (entry) =>
      (!kind || entry.kind === kind) && (!competence || entry.competence === competence) && (!from || entry.day >= from) && (!to || entry.day <= to),
  );
}

/** The competences that occur, in the order in which they first do. */
export function competencesOf(archive: Archive): Competence[] {
  return [...new Set(archive.entries.flatMap(({ competence }) => (competence ? [competence] : [])))];
}

/** Entries under their years, the order kept. */
export function byYear(entries: ArchiveEntry[]): { year: string; entries: ArchiveEntry[] }[] {
  const years: { year: string; entries: ArchiveEntry[] }[] = [];
  for (const entry of entries) {
    const year = entry.day.slice(0, 4);
    const last = years.at(-1);
    if (last?.year === year) last.entries.push(entry);
    else years.push({ year, entries: [entry] });
  }
  return years;
}

/** Where the thing of an entry is seen by its owner. */
export function pageOf({ subject_kind: kind, subject }: ArchiveEntry): string | null {
  if (kind === 'course') return `/courses/${subject}`;
  if (kind === 'class') return `/classes/${subject}`;
  return kind === 'exam' ? `/exams/${subject}` : null;
}
