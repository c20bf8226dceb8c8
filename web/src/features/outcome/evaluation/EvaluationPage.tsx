import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { feedback } from '@/app/feedback';
import { useScopedTo } from '@/app/address';
import { useRight } from '@/app/session';
import type { Evaluation } from '@/api/types';
import { useFormat } from '@/components/format';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { useProblemText } from '@/components/problem';
import { ThreadOf } from '@/components/ThreadOf';
import { Trouble } from '@/components/Trouble';
import { pick } from '@/i18n';
import { BeforeAfter } from './BeforeAfter';
import { EffectInterval } from './EffectInterval';
import { History } from './History';
import { People } from './People';
import { useEvaluation, useRecalculate } from './queries';
import './evaluation.css';

const GroupsChart = lazy(() => import('./GroupsChart'));
const SinceChart = lazy(() => import('./SinceChart'));

/** What one training changed: the verdict first, then all that it rests on. */
export default function EvaluationPage() {
  const { t } = useTranslation('evaluation');
  const { id = '' } = useParams();
  const found = useEvaluation(id);
  if (found.error && !found.data) {
    return (
      <Page title={t('title')}>
        <Trouble error={found.error} onRetry={() => void found.refetch()} />
      </Page>
    );
  }
  if (!found.data) return <Loading rows={10} />;
  return <Found evaluation={found.data} />;
}

function Found({ evaluation }: { evaluation: Evaluation }) {
  const { t } = useTranslation('evaluation');
  const { day } = useFormat();
  const { subject, outcome, figure } = evaluation;
  const when = outcome.first_day === outcome.last_day ? day(outcome.first_day) : `${day(outcome.first_day)} – ${day(outcome.last_day)}`;
  return (
    <Page
      title={subject.title || t(`kind.${subject.kind}`)}
      lead={t('page.lead', { figure: pick(figure.name), when, before: evaluation.weeks_before, after: evaluation.weeks_after })}
      thread={<ThreadOf kind="evaluation" id={evaluation.id} />}
      actions={<Actions evaluation={evaluation} />}
    >
      <VerdictPanel evaluation={evaluation} />
      <section className="k-panel k-stack-tight">
        <h2>{t('groups.title')}</h2>
        <p className="k-soft k-small">{t('groups.text')}</p>
        <Suspense fallback={<Loading />}>
          <Groups evaluation={evaluation} />
        </Suspense>
        <LeftOut outcome={outcome} />
        <BeforeAfter evaluation={evaluation} />
      </section>
      <People outcome={outcome} />
      {outcome.since.length > 0 && (
        <section className="k-panel k-stack-tight">
          <h2>{t('since.title')}</h2>
          <p className="k-soft k-small">{t('since.text')}</p>
          <Suspense fallback={<Loading />}>
            <SinceChart evaluation={evaluation} />
          </Suspense>
        </section>
      )}
      <History evaluation={evaluation} />
      <section className="k-soft k-small k-stack-tight">
        <h2>{t('method.title')}</h2>
        <p>{t('method.text')}</p>
        <p>{t('method.limits')}</p>
      </section>
    </Page>
  );
}

function Actions({ evaluation }: { evaluation: Evaluation }) {
  const { t } = useTranslation('evaluation');
  const to = useScopedTo();
  const problem = useProblemText();
  const mayWrite = useRight('evaluation:write');
  const again = useRecalculate(evaluation.id);
  return (
    <>
      {evaluation.subject.kind === 'class' && <Link to={to(`/evaluations/class/${evaluation.subject.id}`)}>{t('report.link')}</Link>}
      {mayWrite && (
        <Button
          loading={again.isPending}
          onClick={() => again.mutate(undefined, { onSuccess: () => feedback.success(t('page.refreshed')), onError: (error) => feedback.error(problem(error)) })}
        >
          {t('page.refresh')}
        </Button>
      )}
    </>
  );
}

function VerdictPanel({ evaluation }: { evaluation: Evaluation }) {
  const { t } = useTranslation('evaluation');
  const { time } = useFormat();
  const { estimate } = evaluation.outcome;
  return (
    <section className="effect effect-verdict" data-testid="verdict" data-verdict={evaluation.outcome.verdict}>
      <div className="effect-words">
        <p className="effect-sentence">{pick(evaluation.words)}</p>
        <span className="k-faint k-small">
          {t(`verdict.${evaluation.outcome.verdict}`)} · {t('computed', { time: time(evaluation.computed_at) })}
        </span>
      </div>
      {estimate && <EffectInterval effect={estimate} unit={evaluation.figure.unit} />}
    </section>
  );
}

/** Where weak spots led to the training: which weeks do not count, and why. */
function LeftOut({ outcome }: Pick<Evaluation, 'outcome'>) {
  const { t } = useTranslation('evaluation');
  const { day } = useFormat();
  const { left_out: weeks } = outcome;
  if (!weeks) return null;
  return (
    <p className="k-small">
      {t('leftOut', { count: weeks.weeks, from: day(weeks.from), to: day(weeks.to) })} {t(weeks.short ? 'leftOutShort' : 'leftOutWhole')}
    </p>
  );
}

function Groups({ evaluation }: { evaluation: Evaluation }) {
  const mayRead = useRight('kpi:read');
  const navigate = useNavigate();
  const to = useScopedTo();
  const open = ({ from, to: last }: { from: string; to: string }) => void navigate(to(`/figures?from=${from}&to=${last}&by=agent&figure=${evaluation.figure.key}`));
  return <GroupsChart evaluation={evaluation} {...(mayRead ? { onPick: open } : {})} />;
}
