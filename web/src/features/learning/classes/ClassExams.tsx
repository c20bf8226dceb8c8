import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useScopedTo } from '@/app/address';
import { useRight } from '@/app/session';
import type { ClassDetail } from '@/api/types';
import { useFormat } from '@/components/format';
import { Go } from '@/components/Go';

/** What came of a class: the exams on it, and what it changed. */
export function ClassExams({ item }: { item: ClassDetail }) {
  const { t } = useTranslation('classes');
  const to = useScopedTo();
  const maySet = useRight('exam:write') && item.state !== 'cancelled';
  const mayJudge = useRight('evaluation:read') && item.state === 'ended';
  const mayEvaluate = useRight('evaluation:write');
  const sets = new URLSearchParams({ new: '1', cause: `class:${item.id}`, title: item.title, competence: item.competence });
  if (item.exams.length === 0 && !maySet && !mayJudge) return null;
  return (
    <>
      {(item.exams.length > 0 || maySet) && (
        <section className="k-stack-tight" aria-label={t('exams.title')}>
          <div className="k-spread">
            <h2>{t('exams.title')}</h2>
            {maySet && (
              <Go to={`/exams?${sets}`} type="default">
                {t('exams.set')}
              </Go>
            )}
          </div>
          {item.exams.length === 0 && <p className="k-soft">{t('exams.none')}</p>}
          <ul className="k-plain-list k-stack-tight">
            {item.exams.map((exam) => (
              <Exam key={exam.id} exam={exam} zone={item.zone} />
            ))}
          </ul>
        </section>
      )}
      {mayJudge && (
        <section className="k-stack-tight" aria-label={t('effect.title')}>
          <h2>{t('effect.title')}</h2>
          <p className="k-row-wide">
            <Link to={to(`/evaluations/class/${item.id}`)}>{t('effect.report')}</Link>
            {mayEvaluate && <Link to={to(`/evaluations?new=1&kind=class&id=${item.id}`)}>{t('effect.evaluate')}</Link>}
          </p>
        </section>
      )}
    </>
  );
}

function Exam({ exam, zone }: { exam: ClassDetail['exams'][number]; zone: string }) {
  const { t } = useTranslation('classes');
  const { time } = useFormat();
  const to = useScopedTo();
  const { candidates, sat, graded, passed } = exam;
  return (
    <li className="k-panel k-stack-tight">
      <Link to={to(`/exams/${exam.id}`)}>
        <strong className="k-break">{exam.title}</strong>
        {exam.make_up && <span className="k-faint"> · {t('exams.makeUp')}</span>}
      </Link>
      <span className="k-soft k-small">{t('exams.window', { opens: time(exam.opens_at, zone), closes: time(exam.closes_at, zone) })}</span>
      {candidates !== null && <span className="k-small">{t('exams.counts', { candidates, sat: sat ?? 0, graded: graded ?? 0, passed: passed ?? 0 })}</span>}
    </li>
  );
}
