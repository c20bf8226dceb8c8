import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ExamStanding, Grade } from '@/api/types';

/** Colours by meaning: green only for done, amber for what waits for the person, the rest quiet. */
const colour: Partial<Record<ExamStanding, string>> = { passed: 'success', open: 'warning', sitting: 'warning' };

/** In the list of somebody else nothing waits for the reader: `own` alone makes it urge. */
export function StandingTag({ standing, own = false }: { standing: ExamStanding; own?: boolean }) {
  const { t } = useTranslation('exams');
  const shown = own || standing === 'passed' ? colour[standing] : undefined;
  return <Tag color={shown ?? 'default'}>{t(`standing.${standing}`)}</Tag>;
}

/** A result as its owner reads it: grade, then share of points. */
export function Result({ grade, score }: { grade: Grade | null; score: number | null }) {
  const { t, i18n } = useTranslation('exams');
  if (!grade) return null;
  return (
    <span>
      <strong>{t(`grade.${grade}`)}</strong>
      {score !== null && <span className="k-soft"> {percent(score, i18n.language)}</span>}
    </span>
  );
}

/** A share of points. A whole percent is as exact as people speak of it; a limit may have a decimal. */
export function percent(share: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}
