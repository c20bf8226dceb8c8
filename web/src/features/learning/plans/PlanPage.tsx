import { Button, Input, Modal, Select, Tag, Timeline } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useAddress } from '@/app/address';
import { feedback } from '@/app/feedback';
import type { PlanDetail } from '@/api/types';
import { useFormat } from '@/components/format';
import { keepsTyped } from '@/components/keepsTyped';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { useProblemText } from '@/components/problem';
import { ThreadOf } from '@/components/ThreadOf';
import { Trouble } from '@/components/Trouble';
import { Changes } from './Changes';
import { Items } from './Items';
import { PlanEditor } from './PlanEditor';
import { useMove, usePlan } from './queries';
import { useAudience, useMoney } from './words';
import './plans.css';

/** One plan: a version of it with its items and reasons, what was said, what differs. */
export default function PlanPage() {
  const { id = '' } = useParams();
  const { get } = useAddress();
  const found = usePlan(id, get('number'));
  if (found.error && !found.data) return <Trouble error={found.error} onRetry={() => void found.refetch()} full />;
  if (!found.data) return <Loading rows={8} />;
  return <Loaded detail={found.data} />;
}

function Loaded({ detail }: { detail: PlanDetail }) {
  const { t } = useTranslation('plans');
  const { get, set } = useAddress();
  const { day } = useFormat();
  const { plan, content } = detail;
  const editing = detail.may_write && get('edit') === 'true';
  const where = [plan.shop?.name, plan.team?.name].filter(Boolean).join(' · ') || t('whole');
  const lead = (
    <span className="k-row">
      <Tag>{t(`state.${detail.state}`)}</Tag>
      {t(`kind.${plan.kind}`)} · {day(content.from)} – {day(content.to)} · {where} · {t('version', { number: detail.number })}
    </span>
  );
  return (
    <Page title={content.title} lead={lead} thread={<ThreadOf kind="plan" id={plan.id} />} actions={!editing && <Moves detail={detail} />}>
      {editing ? (
        <PlanEditor key={plan.version} detail={detail} onClose={() => set({ edit: null })} />
      ) : (
        <div className="plan-side">
          <div className="k-stack">
            <Goals detail={detail} />
            <Items detail={detail} />
          </div>
          <aside className="k-stack">
            <Versions detail={detail} />
            {detail.compared_with !== null && <Changes detail={detail} />}
            <Comments detail={detail} />
          </aside>
        </div>
      )}
    </Page>
  );
}

function Goals({ detail }: { detail: PlanDetail }) {
  const { t } = useTranslation('plans');
  const money = useMoney();
  const audience = useAudience(detail.names);
  const { goals, notify } = detail.content;
  const tells = notify.everybody || [notify.shops, notify.teams, notify.levels, notify.staff].some((list) => list.length > 0);
  return (
    <section className="k-panel k-stack-tight">
      <h2>{t('goals')}</h2>
      <p className={goals ? 'plan-text' : 'k-faint'}>{goals || t('noGoals')}</p>
      <p className="k-soft k-small">
        {t('budget', { amount: money(detail.budget) })}
        {tells && ` · ${t('notify')} ${audience(notify)}`}
      </p>
    </section>
  );
}

/** What can be done with the plan as it stands; one of them is primary. */
function Moves({ detail }: { detail: PlanDetail }) {
  const { t } = useTranslation('plans');
  const { set } = useAddress();
  const problem = useProblemText();
  const move = useMove(detail.plan.id);
  const [deciding, setDeciding] = useState(false);
  const { version } = detail.plan;
  const go = (step: 'submit' | 'revise') =>
    move.mutate(
      { step, version },
      {
        onError: (error) => feedback.error(problem(error)),
        onSuccess: () => {
          feedback.success(step === 'submit' ? t('submitted') : t('revised'));
          set({ number: null });
        },
      },
    );
  return (
    <>
      {detail.may_write && (
        <>
          <Button onClick={() => set({ edit: 'true', number: null })}>{t('edit')}</Button>
          <Button type="primary" loading={move.isPending} onClick={() => go('submit')}>
            {t('submit')}
          </Button>
        </>
      )}
      {detail.may_revise && (
        <Button loading={move.isPending} onClick={() => go('revise')}>
          {t('revise')}
        </Button>
      )}
      {detail.may_decide && (
        <Button type="primary" onClick={() => setDeciding(true)}>
          {t('decide.title')}
        </Button>
      )}
      {deciding && <Decide detail={detail} onClose={() => setDeciding(false)} />}
    </>
  );
}

function Decide({ detail, onClose }: { detail: PlanDetail; onClose: () => void }) {
  const { t } = useTranslation('plans');
  const { t: common } = useTranslation();
  const problem = useProblemText();
  const move = useMove(detail.plan.id);
  const [comment, setComment] = useState('');
  const go = (step: 'approve' | 'return') =>
    move.mutate(
      { step, version: detail.plan.version, comment },
      {
        onError: (error) => feedback.error(problem(error)),
        onSuccess: () => {
          feedback.success(step === 'approve' ? t('approved') : t('returned'));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      {...keepsTyped}
      title={t('decide.title')}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>
          {common('cancel')}
        </Button>,
        <Button key="return" disabled={comment.trim() === ''} loading={move.isPending} onClick={() => go('return')}>
          {t('return')}
        </Button>,
        <Button key="approve" type="primary" loading={move.isPending} onClick={() => go('approve')}>
          {t('approve')}
        </Button>,
      ]}
    >
      <div className="k-stack-tight">
        <p className="k-soft">{t('decide.approveAsk')}</p>
        <Input.TextArea aria-label={t('decide.comment')} placeholder={t('decide.commentHint')} value={comment} onChange={({ target }) => setComment(target.value)} autoSize={{ minRows: 3, maxRows: 8 }} maxLength={2000} />
      </div>
    </Modal>
  );
}

function Versions({ detail }: { detail: PlanDetail }) {
  const { t } = useTranslation('plans');
  const { set } = useAddress();
  const { time } = useFormat();
  const shown = detail.versions.find(({ number }) => number === detail.number);
  return (
    <section className="k-panel k-stack-tight">
      <h2>{t('versions')}</h2>
      <Select
        aria-label={t('versions')}
        value={detail.number}
        onChange={(number) => set({ number: number === detail.versions[0]?.number ? null : String(number) })}
        options={detail.versions.map(({ number, state }) => ({ value: number, label: `${t('version', { number })} · ${t(`state.${state}`)}` }))}
      />
      {shown?.submitted_at && <p className="k-faint k-small">{t('submittedBy', { name: shown.submitted_by ?? '—', time: time(shown.submitted_at) })}</p>}
      {shown?.decided_at && <p className="k-faint k-small">{t('decidedBy', { name: shown.decided_by ?? '—', time: time(shown.decided_at) })}</p>}
    </section>
  );
}

function Comments({ detail }: { detail: PlanDetail }) {
  const { t } = useTranslation('plans');
  const { time } = useFormat();
  return (
    <section className="k-panel k-stack-tight">
      <h2>{t('comments')}</h2>
      {detail.comments.length === 0 ? (
        <p className="k-faint">{t('noComments')}</p>
      ) : (
        <Timeline
          items={detail.comments.map((said) => ({
            content: (
              <>
                <div className="plan-text">{said.words}</div>
                <div className="k-faint k-small">
                  {said.by ?? '—'} · {t('version', { number: said.number })} · {t(`state.${said.state}`)} · {time(said.at)}
                </div>
              </>
            ),
          }))}
        />
      )}
    </section>
  );
}
