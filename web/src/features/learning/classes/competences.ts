import type { Competence } from '@/api/types';

/** In the order of a choice. */
export const competences = [
  'culture',
  'attitude',
  'platform_rules',
  'product',
  'communication',
  'complaints',
  'chat',
  'after_sales',
  'systems',
  'office',
  'stress',
  'career',
] as const satisfies readonly Competence[];

/** The competence that an address names, if it is one. */
export const presetCompetence = (named: string | null | undefined): Competence | null => competences.find((known) => known === named) ?? null;
