import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAddress, useScopedTo } from '@/app/address';
import { useMe, useRight } from '@/app/session';
import type { ExamItem, OwnExam } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { useFormat } from '@/components/format';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { Trouble } from '@/components/Trouble';
import { ExamForm } from './ExamForm';
import { useExams, useOwnExams } from './queries';
import { Result, StandingTag } from './Standing';
import './exams.css';

/** What is to be sat; and, for who answers for others, what they sit. */
export default function ExamsPage() {
  const { t } = useTranslation('exams');
  const manages = useRight('exam:read');
  const mayWrite = useRight('exam:write');
  const { get, set } = useAddress();
  const adding = get('new') !== null;
  return (
    <Page
      title={t('title')}
      lead={mayWrite ? t('leadManage') : manages ? t('leadRead') : t('lead')}
      actions={
        mayWrite && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => set({ new: '1' })}>
            {t('set')}
          </Button>
        )
      }
    >
      <OwnExams alone={!manages} />
      {manages && <ManagedExams />}
      {mayWrite && adding && <ExamForm onClose={() => set({ new: null, cause: null, title: null, competence: null })} />}
    </Page>
  );
}

function OwnExams({ alone }: { alone: boolean }) {
  const { t } = useTranslation('exams');
  const { t: common } = useTranslation();
  const list = useOwnExams();
  if (list.blocked) return <Trouble error={list.blocked} onRetry={list.retry} />;
  if (list.loading) return alone ? <Loading rows={4} /> : null;
  if (list.items.length === 0) return alone ? <EmptyState title={t('empty.title')} text={t('empty.text')} /> : null;
  return (
    <section className="k-stack-tight" aria-label={t('own')}>
      {!alone && <h2>{t('own')}</h2>}
      <ul className="k-plain-list exams-cards">
        {byUrgency(list.items).map((exam) => (
          <li key={exam.id}>
            <OwnCard exam={exam} />
          </li>
        ))}
      </ul>
      {list.error && <Trouble error={list.error} onRetry={list.retry} />}
      {list.hasMore && (
        <Button loading={list.loadingMore} onClick={list.loadMore}>
          {common('table.more')}
        </Button>
      )}
    </section>
  );
}

/** What can be done now first, then what is to come, then what is over; each the newest first. */
function byUrgency(exams: OwnExam[]): OwnExam[] {
  const rank = ({ standing }: OwnExam) => ['sitting', 'open', 'coming', 'marking'].indexOf(standing) + 1 || 5;
  return [...exams].sort((a, b) => rank(a) - rank(b));
}

function OwnCard({ exam }: { exam: OwnExam }) {
  const { t } = useTranslation('exams');
  const { t: common } = useTranslation();
  const { time } = useFormat();
  const { zone } = useMe().tenant;
  const to = useScopedTo();
  return (
    <Link className="exams-card k-panel" to={to(`/exams/${exam.id}`)}>
      <span className="k-spread">
        <strong className="k-break">{exam.title}</strong>
        <StandingTag standing={exam.standing} own />
      </span>
      <span className="k-soft k-small">
        {common(`competence.${exam.competence}`)}
        {exam.make_up_number > 0 && ` · ${t('makeUp')}`} · {t('minutes', { count: exam.minutes })}
      </span>
      <span className="k-small">{t('window', { opens: time(exam.opens_at, zone), closes: time(exam.closes_at, zone) })}</span>
      <Result grade={exam.grade} score={exam.score} />
    </Link>
  );
}

function ManagedExams() {
  const { t } = useTranslation('exams');
  const list = useExams(true);
  return (
    <section className="k-stack-tight" aria-label={t('managed')}>
      <DataTable<ExamItem>
        name="exams"
        label={t('managed')}
        columns={useColumns()}
        list={list}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('emptyManaged.title')} text={t('emptyManaged.text')} />}
      />
    </section>
  );
}

function useColumns(): Column<ExamItem>[] {
  const { t } = useTranslation('exams');
  const { t: common } = useTranslation();
  const { time } = useFormat();
  const { zone } = useMe().tenant;
  const to = useScopedTo();
  return [
    {
      key: 'title',
      title: t('field.title'),
      always: true,
      fixed: true,
      plain: (row) => row.title,
      render: (row) => (
        <>
          <Link to={to(`/exams/${row.id}`)}>{row.title}</Link>
          {row.make_up_number > 0 && <span className="k-faint"> · {t('makeUp')}</span>}
          {row.cancelled && <span className="k-faint"> · {t('standing.cancelled')}</span>}
        </>
      ),
    },
    { key: 'competence', title: t('field.competence'), plain: (row) => common(`competence.${row.competence}`), render: (row) => common(`competence.${row.competence}`) },
    { key: 'opens', title: t('field.opens'), plain: (row) => row.opens_at, render: (row) => <span className="k-nowrap">{time(row.opens_at, zone)}</span> },
    { key: 'closes', title: t('field.closes'), plain: (row) => row.closes_at, render: (row) => <span className="k-nowrap">{time(row.closes_at, zone)}</span> },
    { key: 'candidates', title: t('field.candidates'), numeric: true, plain: (row) => row.counts.candidates, render: (row) => row.counts.candidates },
    { key: 'sat', title: t('field.sat'), numeric: true, plain: (row) => row.counts.sat, render: (row) => row.counts.sat },
    { key: 'passed', title: t('field.passed'), numeric: true, plain: (row) => row.counts.passed, render: (row) => row.counts.passed },
    {
      key: 'mark',
      title: t('field.toMark'),
      numeric: true,
      plain: (row) => row.to_mark,
      render: (row) => (row.to_mark > 0 ? <Link to={to(`/exams/${row.id}/marking`)}>{row.to_mark}</Link> : '—'),
    },
  ];
}
