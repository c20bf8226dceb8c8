import { useTranslation } from 'react-i18next';
import type { Evaluation } from '@/api/types';
import { useFormat } from '@/components/format';
import { useEffectFormat } from './useEffectFormat';

/** What was known when, so that nobody wonders why a page once said something else. */
export function History({ evaluation }: { evaluation: Evaluation }) {
  const { t } = useTranslation('evaluation');
  const { time } = useFormat();
  const { difference, range } = useEffectFormat();
  const { unit } = evaluation.figure;
  if (evaluation.history.length < 2) return null;
  return (
    <section className="k-panel k-stack-tight">
      <h2>{t('history.title')}</h2>
      <ol className="effect-list">
        {[...evaluation.history].reverse().map((known) => (
          <li key={known.computed_at}>
            <span className="k-faint">{time(known.computed_at)}</span> {t('history.weeks', { count: known.weeks_after })}{' '}
            {known.estimate
              ? t('history.effect', {
                  value: difference(known.estimate.effect, unit, known.estimate.high - known.estimate.low),
                  range: range(known.estimate.low, known.estimate.high, unit),
                })
              : t('verdict.not_enough')}
          </li>
        ))}
      </ol>
    </section>
  );
}
