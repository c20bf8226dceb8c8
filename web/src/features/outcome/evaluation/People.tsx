import { useTranslation } from 'react-i18next';
import type { EvaluationOutcome } from '@/api/types';

/** How many people the figure rests on, and who does not count and why; zeroes are left out. */
export function People({ outcome }: { outcome: EvaluationOutcome }) {
  const { t } = useTranslation('evaluation');
  const reasons = ['without_account', 'without_cases', 'only_before', 'only_after'] as const;
  const group = (name: 'trained' | 'controls') => {
    const people = outcome[name];
    const left = reasons.filter((reason) => people[reason] > 0).map((reason) => t(`people.${reason}`, { count: people[reason] }));
    return (
      <li key={name}>
        {t(`people.${name}`, { count: people.counted, all: people.people })}
        {left.length > 0 && <span className="k-soft"> {t('people.left', { reasons: left.join(t('people.separator')) })}</span>}
      </li>
    );
  };
  return (
    <section className="k-panel k-stack-tight">
      <h2>{t('people.title')}</h2>
      <ul className="effect-list">
        {group('trained')}
        {group('controls')}
        <li>{t(`with.${outcome.comparison}`)}</li>
        {outcome.beyond_reach > 0 && <li>{t('people.beyond', { count: outcome.beyond_reach })}</li>}
        {outcome.taught_elsewhere > 0 && <li>{t('people.elsewhere', { count: outcome.taught_elsewhere })}</li>}
      </ul>
    </section>
  );
}
