import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useScopedTo } from '@/app/address';
import { grades, type ClassReport } from '@/api/types';
import { useFormat } from '@/components/format';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { ThreadOf } from '@/components/ThreadOf';
import { Trouble } from '@/components/Trouble';
import { pick } from '@/i18n';
import { useClassReport } from './queries';
import './evaluation.css';

const statuses = ['present', 'late', 'leave', 'absent'] as const;

/** What became of a class, on one sheet that can be printed. */
export default function ClassReportPage() {
  const { t } = useTranslation('evaluation');
  const { id = '' } = useParams();
  const found = useClassReport(id);
  if (found.error && !found.data) {
    return (
      <Page title={t('report.title')}>
        <Trouble error={found.error} onRetry={() => void found.refetch()} />
      </Page>
    );
  }
  if (!found.data) return <Loading rows={10} />;
  return <Report report={found.data} />;
}

function Report({ report }: { report: ClassReport }) {
  const { t } = useTranslation('evaluation');
  const { attendance, feedback } = report;
  return (
    <Page
      title={report.title || t('report.title')}
      lead={t('report.lead')}
      thread={<ThreadOf kind="class" id={report.id} />}
      actions={
        <Button className="effect-no-print" icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
          {t('report.print')}
        </Button>
      }
    >
      <Section title={t('report.attendance')}>
        {attendance.people.length === 0 ? (
          <p className="k-soft">{t('report.noAttendance')}</p>
        ) : (
          <>
            <p>{statuses.map((status) => t(`report.status.${status}`, { count: attendance[status] })).join(t('people.separator'))}</p>
            <ul className="effect-names">
              {attendance.people.map(({ staff, name, status }) => (
                <li key={staff}>
                  {name} <span className="k-faint k-small">{statuses.some((known) => known === status) ? t(`report.came.${status as (typeof statuses)[number]}`) : status}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </Section>
      <Section title={t('report.feedback')}>
        <p>{t('report.given', { count: feedback.given, asked: feedback.asked })}</p>
        <Thoughts feedback={feedback} />
      </Section>
      <Section title={t('report.exams')}>
        <Exams exams={report.exams} />
      </Section>
      <Section title={t('report.effect')}>
        <Effects report={report} />
      </Section>
    </Page>
  );
}

/** Means and remarks, where enough answered that nobody can be told from them. */
function Thoughts({ feedback }: Pick<ClassReport, 'feedback'>) {
  const { t } = useTranslation('evaluation');
  const { means, remarks } = feedback;
  if (!means) return feedback.asked > 0 ? <p className="k-soft">{t('report.feedbackTooFew')}</p> : null;
  const shown = (mean: number) => mean.toFixed(1);
  return (
    <>
      <p>
        {t('report.feedbackMeans', {
          content: shown(means.content),
          lecturer: shown(means.lecturer),
          organisation: shown(means.organisation),
          applicable: shown(means.applicable),
        })}
      </p>
      {remarks.length > 0 && (
        <>
          <h3>{t('report.feedbackRemarks')}</h3>
          <ul>
            {remarks.map((remark, at) => (
              <li key={at}>{remark}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="k-panel k-stack-tight">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Exams({ exams }: Pick<ClassReport, 'exams'>) {
  const { t } = useTranslation('evaluation');
  const { figure } = useFormat();
  if (exams.length === 0) return <p className="k-soft">{t('report.noExam')}</p>;
  return (
    <div className="effect-scroll" tabIndex={0}>
      <table className="effect-table">
        <thead>
          <tr>
            <th scope="col">{t('report.exam')}</th>
            <th scope="col">{t('report.graded')}</th>
            <th scope="col">{t('report.absent')}</th>
            {grades.map((grade) => (
              <th scope="col" key={grade}>
                {t(`report.grade.${grade}`)}
              </th>
            ))}
            <th scope="col">{t('report.mean')}</th>
          </tr>
        </thead>
        <tbody>
          {exams.map((exam) => (
            <tr key={exam.id}>
              <th scope="row">
                {exam.title} {exam.make_up && <span className="k-faint k-small">{t('report.makeUp')}</span>}
              </th>
              <td>{exam.graded}</td>
              <td>{exam.absent}</td>
              {grades.map((grade) => (
                <td key={grade}>{exam[grade]}</td>
              ))}
              <td>{figure(exam.mean_score, 'share')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Effects({ report }: { report: ClassReport }) {
  const { t } = useTranslation('evaluation');
  const to = useScopedTo();
  if (report.effects.length === 0) {
    return (
      <p className="k-soft">
        {t('report.noEffect')} <Link className="effect-no-print" to={to(`/evaluations?new=1&kind=class&id=${report.id}`)}>{t('evaluate')}</Link>
      </p>
    );
  }
  return (
    <ul className="effect-list">
      {report.effects.map((line) => (
        <li key={line.id}>
          <Link to={to(`/evaluations/${line.id}`)}>{pick(line.figure.name)}</Link> · {pick(line.words)}
        </li>
      ))}
    </ul>
  );
}
