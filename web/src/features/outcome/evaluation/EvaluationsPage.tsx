import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAddress, useScopedTo } from '@/app/address';
import { useMe, usePlace, useRight } from '@/app/session';
import type { EvaluationLine } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { useFormat } from '@/components/format';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { PickMerchant } from '@/components/PickMerchant';
import { Trouble } from '@/components/Trouble';
import { pick } from '@/i18n';
import { EffectInterval } from './EffectInterval';
import { EvaluationForm } from './EvaluationForm';
import { useEvaluations } from './queries';
import './evaluation.css';

/** What trainings changed, the latest first. */
export default function EvaluationsPage() {
  const { t } = useTranslation('evaluation');
  const { t: common } = useTranslation();
  const { get, set } = useAddress();
  const mayWrite = useRight('evaluation:write');
  const { whole } = usePlace();
  const marketplace = useMe().tenant.kind === 'marketplace';
  const subject = { kind: get('kind'), id: get('id') };
  const list = useEvaluations(subject);
  const only = Boolean(subject.kind ?? subject.id);
  const evaluate = (
    <Button type="primary" onClick={() => set({ new: '1' })}>
      {t('evaluate')}
    </Button>
  );
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          {only && <Button onClick={() => set({ kind: null, id: null })}>{t('all')}</Button>}
          {mayWrite && list.items.length > 0 && evaluate}
        </>
      }
    >
      {list.error && <Trouble error={list.error} onRetry={list.retry} />}
      {list.loading && <Loading rows={8} />}
      {!list.loading && !list.error && list.items.length === 0 && (marketplace ? <PickMerchant /> : <EmptyState title={t('empty.title')} text={whole ? t('empty.text') : t('empty.textOwn')}>{mayWrite && evaluate}</EmptyState>)}
      <ol className="k-plain-list k-stack-tight" aria-label={t('title')}>
        {list.items.map((line) => (
          <li key={line.id}>
            <Line line={line} />
          </li>
        ))}
      </ol>
      {list.hasMore && (
        <div>
          <Button loading={list.loadingMore} onClick={list.loadMore}>
            {common('table.more')}
          </Button>
        </div>
      )}
      {mayWrite && get('new') && <EvaluationForm {...subject} onClose={() => set({ new: null })} />}
    </Page>
  );
}

function Line({ line }: { line: EvaluationLine }) {
  const { t } = useTranslation('evaluation');
  const to = useScopedTo();
  const { time } = useFormat();
  return (
    <article className="effect" data-testid="evaluation" data-verdict={line.verdict}>
      <div className="effect-words">
        <h2>
          <Link to={to(`/evaluations/${line.id}`)}>{line.subject.title || t(`kind.${line.subject.kind}`)}</Link> <span className="k-soft">{pick(line.figure.name)}</span>
        </h2>
        <p>{pick(line.words)}</p>
        <span className="k-faint k-small">
          {t(`kind.${line.subject.kind}`)} · {line.beyond_reach > 0 ? t('trainedPart', { count: line.trained, beyond: line.beyond_reach }) : t('trained', { count: line.trained })} · {t('computed', { time: time(line.computed_at) })}
        </span>
      </div>
      {line.estimate && <EffectInterval effect={line.estimate} unit={line.figure.unit} />}
    </article>
  );
}
