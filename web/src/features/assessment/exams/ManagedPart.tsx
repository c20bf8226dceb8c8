import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useScopedTo } from '@/app/address';
import { useMe } from '@/app/session';
import { downloadUrl } from '@/api/client';
import { grades, type ExamDetail, type ExamResult } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { useFormat } from '@/components/format';
import { useResults } from './queries';
import { percent, StandingTag } from './Standing';

type Managed = NonNullable<ExamDetail['managed']>;

/** What came of an exam for those whom the reader answers for. */
export function ManagedPart({ exam, managed }: { exam: ExamDetail; managed: Managed }) {
  const { t } = useTranslation('exams');
  const results = useResults(exam.id, true);
  const rows = results.data?.items ?? [];
  return (
    <section className="k-stack" aria-label={t('page.results')}>
      <div className="k-stack-tight">
        <h2>{t('page.results')}</h2>
        {!managed.whole && <p className="k-faint k-small">{t('page.part')}</p>}
        <Counts managed={managed} />
      </div>
      {rows.some(({ grade }) => grade !== null) && <Distribution rows={rows} />}
      {managed.make_ups.length > 0 && <MakeUps managed={managed} />}
      <DataTable<ExamResult>
        name="exam-results"
        label={t('page.results')}
        columns={useColumns()}
        list={{ items: rows, loading: results.isPending, error: results.error, retry: () => void results.refetch() }}
        rowKey={(row) => row.staff}
        empty={<EmptyState title={t('page.noResults')} />}
        exportHref={downloadUrl(`/exams/${exam.id}/results/export`, { format: 'xlsx' })}
      />
    </section>
  );
}

function Counts({ managed }: { managed: Managed }) {
  const { t } = useTranslation('exams');
  const { candidates, sat, passed } = managed.counts;
  return (
    <p className="exams-facts">
      <span>
        {t('field.candidates')} <strong>{candidates}</strong>
      </span>
      <span>
        {t('field.sat')} <strong>{sat}</strong>
      </span>
      <span>
        {t('field.passed')} <strong>{passed}</strong>
      </span>
    </p>
  );
}

/** How many have which grade. Bars are counts from zero; a count says more than a share of few. */
function Distribution({ rows }: { rows: ExamResult[] }) {
  const { t } = useTranslation('exams');
  const counts = grades.map((grade) => ({ key: grade, name: t(`grade.${grade}`), count: rows.filter((row) => row.grade === grade).length }));
  const open = rows.filter((row) => row.grade === null).length;
  const most = Math.max(1, ...counts.map(({ count }) => count));
  return (
    <div className="k-stack-tight">
      <h3>{t('page.distribution')}</h3>
      <div className="exams-bars">
        {counts.map(({ key, name, count }) => (
          <Bar key={key} name={name} count={count} most={most} />
        ))}
      </div>
      {open > 0 && (
        <p className="k-faint k-small">
          {t('page.notYet')} {t('page.people', { count: open })}
        </p>
      )}
    </div>
  );
}

function Bar({ name, count, most }: { name: string; count: number; most: number }) {
  const { t } = useTranslation('exams');
  return (
    <>
      <span>{name}</span>
      <span>
        <span className="exams-bar" style={{ display: 'block', width: `${(count / most) * 100}%` }} />
      </span>
      <span className="k-num">{t('page.people', { count })}</span>
    </>
  );
}

function MakeUps({ managed }: { managed: Managed }) {
  const { t } = useTranslation('exams');
  const { time } = useFormat();
  const { zone } = useMe().tenant;
  const to = useScopedTo();
  return (
    <div className="k-stack-tight">
      <h3>{t('page.makeUps')}</h3>
      <ul className="k-plain-list">
        {managed.make_ups.map((next) => (
          <li key={next.id}>
            <Link to={to(`/exams/${next.id}`)}>{t('window', { opens: time(next.opens_at, zone), closes: time(next.closes_at, zone) })}</Link>
            <span className="k-soft"> · {t('page.people', { count: next.counts.candidates })}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function useColumns(): Column<ExamResult>[] {
  const { t, i18n } = useTranslation('exams');
  const { duration } = useFormat();
  const { shops } = useMe();
  const score = (row: ExamResult) => (row.score === null ? '—' : percent(row.score, i18n.language));
  const order = (row: ExamResult) => row.score ?? -1;
  return [
    { key: 'name', title: t('field.name'), always: true, fixed: true, plain: (row) => row.name, render: (row) => row.name || row.account },
    { key: 'account', title: t('field.account'), plain: (row) => row.account, render: (row) => row.account },
    { key: 'standing', title: t('field.standing'), plain: (row) => t(`standing.${row.standing}`), render: (row) => <StandingTag standing={row.standing} /> },
    { key: 'grade', title: t('field.grade'), plain: (row) => row.grade && t(`grade.${row.grade}`), render: (row) => (row.grade ? t(`grade.${row.grade}`) : '—') },
    { key: 'score', title: t('field.score'), numeric: true, plain: (row) => row.score, render: score, sort: (a, b) => order(a) - order(b) },
    { key: 'credits', title: t('field.credits'), numeric: true, plain: (row) => row.credits, render: (row) => (row.credits > 0 ? row.credits : '—') },
    { key: 'times', title: t('field.times'), numeric: true, plain: (row) => row.attempts, render: (row) => row.attempts },
    {
      key: 'left',
      title: t('field.leftPage'),
      plain: (row) => row.left_page,
      render: (row) => (row.left_page > 0 ? <span title={t('page.leftPageHint')}>{t('page.leftPage', { times: row.left_page, time: duration(row.left_page_s) })}</span> : '—'),
    },
    ...(shops.length > 1 ? [{ key: 'shop', title: t('form.shops'), render: (row: ExamResult) => shops.find(({ id }) => id === row.shop)?.name ?? '—' }] : []),
  ];
}
