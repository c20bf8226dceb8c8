import { Descriptions, Drawer, Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useScopedTo } from '@/app/address';
import { useRight } from '@/app/session';
import type { NeedDetail, NeedEvidence, NeedStep } from '@/api/types';
import { useFormat } from '@/components/format';
import { Interval } from '@/components/Interval';
import { Loading } from '@/components/Loading';
import { ThreadOf } from '@/components/ThreadOf';
import { Trouble } from '@/components/Trouble';
import { pick } from '@/i18n';
import { Actions } from './Actions';
import { useNeed } from './queries';
import { TaskLine } from './TaskLine';
import { Severity, State, useWho } from './words';

interface Props {
  id: string | null;
  onClose: () => void;
  onOpen: (id: string) => void;
}

/** One need: evidence, whom it is about, what can be done, what happened. */
export function NeedDrawer({ id, onClose, onOpen }: Props) {
  const { t } = useTranslation('needs');
  return (
    <Drawer open={id !== null} onClose={onClose} size={560} title={t('one')} mask={false} destroyOnHidden data-testid="need-detail">
      {id && <Detail key={id} id={id} onOpen={onOpen} />}
    </Drawer>
  );
}

function Detail({ id, onOpen }: { id: string; onOpen: (id: string) => void }) {
  const found = useNeed(id);
  if (found.error && !found.data) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  return <Loaded detail={found.data} onOpen={onOpen} />;
}

function Loaded({ detail, onOpen }: { detail: NeedDetail; onOpen: (id: string) => void }) {
  const { t } = useTranslation('needs');
  const { t: common } = useTranslation();
  const { need, merged, merged_into, tasks, timeline } = detail;
  const to = useScopedTo();
  const readsPlans = useRight('plan:read');
  const who = useWho();
  const { time } = useFormat();
  const facts = [
    ['state', <State key="s" need={need} />],
    ['source', t(`source.${need.source}`)],
    ['competence', need.competence ? common(`competence.${need.competence}`) : '—'],
    ['severity', <Severity key="v" value={need.severity} />],
    ['who', who(need)],
    ['where', [need.shop?.name, need.team?.name].filter(Boolean).join(' · ') || '—'],
    ['reported', need.reported_by?.name ?? t('step.program')],
    ['since', time(need.created_at)],
  ] as const;
  return (
    <div className="k-stack">
      <div className="k-stack-tight">
        <h2 className="k-break">{need.title}</h2>
        <ThreadOf kind="need" id={need.id} />
      </div>
      {need.description && <p className="need-pre">{need.description}</p>}
      <Descriptions column={1} size="small" items={facts.map(([key, children]) => ({ key, label: t(`column.${key}`), children }))} />
      {need.plan && (
        <p>
          {t('detail.plan')} {readsPlans ? <Link to={to(`/plans/${need.plan.id}`)}>{need.plan.name}</Link> : need.plan.name}
        </p>
      )}
      {merged_into && (
        <p>
          {t('detail.mergedInto')}{' '}
          <button type="button" className="k-link-button" onClick={() => onOpen(merged_into.id)}>
            {merged_into.name}
          </button>
        </p>
      )}
      {need.evidence && detail.links && <Evidence evidence={need.evidence} links={detail.links} />}
      {merged.length > 0 && (
        <section className="k-stack-tight">
          <h3>{t('detail.merged')}</h3>
          {merged.map((part) => (
            <div key={part.id} className="k-stack-tight">
              <strong>{part.title}</strong>
              {part.description && <p className="need-pre k-soft">{part.description}</p>}
              {part.evidence && part.links && <Evidence evidence={part.evidence} links={part.links} />}
            </div>
          ))}
        </section>
      )}
      {need.may_sort && <Actions need={need} onMerged={onOpen} />}
      {tasks.length > 0 && (
        <section className="k-stack-tight">
          <h3>{t('detail.tasks')}</h3>
          {tasks.map((task) => (
            <TaskLine key={task.id} task={task} />
          ))}
        </section>
      )}
      <section className="k-stack-tight">
        <h3>{t('detail.timeline')}</h3>
        <Timeline items={timeline.map((step) => ({ content: <Step step={step} /> }))} />
      </section>
    </div>
  );
}

function Evidence({ evidence, links }: { evidence: NeedEvidence; links: NonNullable<NeedDetail['links']> }) {
  const { t } = useTranslation('needs');
  const { day } = useFormat();
  const to = useScopedTo();
  const spots = useRight('weak_spot:read');
  const chats = useRight('conversation:read');
  const { estimate, low, high, peers, target } = evidence;
  return (
    <section className="need-evidence k-stack-tight" aria-label={t('detail.evidence')}>
      <div className="k-row-wide">
        <strong>
          {evidence.account_name} <span className="k-soft">{pick(evidence.figure)}</span>
        </strong>
        <span className="k-faint k-small">
          {t('detail.period', { from: day(evidence.from), to: day(evidence.to) })} · {t('detail.cases', { count: evidence.n })} · {t('detail.sure', { percent: Math.floor(evidence.certainty * 100) })}
        </span>
      </div>
      <p>{pick(evidence.words)}</p>
      <Interval estimate={estimate} low={low} high={high} peers={peers} target={target} unit={evidence.unit === 'seconds' ? 'seconds' : 'share'} />
      <div className="k-row-wide">
        {spots && <Link to={to(links.weak_spot)}>{t('detail.seeSpot')}</Link>}
        {chats && <Link to={to(links.conversations)}>{t('detail.seeChats')}</Link>}
      </div>
    </section>
  );
}

const steps = ['need_reported', 'need_raised', 'need_forwarded', 'need_settled', 'need_merged', 'need_reopened', 'task_set', 'task_done'] as const;

function Step({ step }: { step: NeedStep }) {
  const { t } = useTranslation('needs');
  const { time, day } = useFormat();
  const kind = steps.find((known) => known === step.kind.replace('.', '_')) ?? 'other';
  const outcome = step.outcome as keyof typeof outcomes | null;
  const outcomes = { planned: t('state.planned'), coaching: t('state.coaching'), improvement: t('state.improvement'), refused: t('state.refused'), merged: t('state.merged') };
  return (
    <>
      <div>
        {t(`step.${kind}`)}
        {outcome && ` · ${outcomes[outcome]}`}
      </div>
      {step.assignee && step.due_on && <div>{t('step.assignee', { name: step.assignee, due: day(step.due_on) })}</div>}
      {step.words && <div className="need-pre">{step.words}</div>}
      <div className="k-faint k-small">
        {step.by ?? t('step.program')} · {time(step.at)}
      </div>
    </>
  );
}
