import { useTranslation } from 'react-i18next';
import type { PlanChange, PlanDetail } from '@/api/types';
import { useFieldValue } from './words';

/** What differs from the version approved before. */
export function Changes({ detail }: { detail: PlanDetail }) {
  const { t } = useTranslation('plans');
  const groups = new Map<string, PlanChange[]>();
  for (const change of detail.changes) {
    const key = change.item ?? '';
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return (
    <section className="k-panel k-stack-tight" aria-label={t('compare', { number: detail.compared_with ?? 0 })}>
      <h2>{t('compare', { number: detail.compared_with ?? 0 })}</h2>
      {groups.size === 0 && <p className="k-faint">{t('noChanges')}</p>}
      {[...groups].map(([item, changes]) => (
        <div key={item} className="k-stack-tight">
          <h3>{item === '' ? t('planItself') : changes[0]?.title}</h3>
          {changes.map((change) => (
            <Change key={change.field ?? change.what} change={change} detail={detail} />
          ))}
        </div>
      ))}
    </section>
  );
}

const fields = ['title', 'contents', 'competence', 'figure', 'target', 'audience', 'lecturer', 'minutes', 'from', 'to', 'reason', 'needs', 'budget', 'goals', 'notify'] as const;

function Change({ change, detail }: { change: PlanChange; detail: PlanDetail }) {
  const { t } = useTranslation('plans');
  const value = useFieldValue(detail.names, Object.fromEntries(detail.needs.map(({ id, name }) => [id, name])));
  const field = fields.find((known) => known === change.field);
  if (!field) return <p>{change.what === 'added' ? t('added') : t('removed')}</p>;
  return (
    <dl className="plan-text" style={{ margin: 0 }}>
      <dt className="k-soft k-small">{t(`field.${field}`)}</dt>
      <dd className="plan-was" style={{ margin: 0 }}>
        {value(field, change.before)}
      </dd>
      <dd style={{ margin: 0 }}>{value(field, change.after)}</dd>
    </dl>
  );
}
