import { competences, type Competence } from '@/api/types';

/** The competence that an address names, if it is one. */
export const presetCompetence = (named: string | null | undefined): Competence | null => competences.find((known) => known === named) ?? null;
