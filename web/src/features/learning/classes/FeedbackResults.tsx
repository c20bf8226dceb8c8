import { useTranslation } from 'react-i18next';
import type { FeedbackResults as Results } from '@/api/types';
import { useFormat } from '@/components/format';
import { scales } from './FeedbackForm';
import { useNow } from './useNow';

/** What those who came thought of a class: means with their count, never names; once nobody can answer any more. */
export function FeedbackResults({ results, until }: { results: Results; until: string | null }) {
  const { t, i18n } = useTranslation('classes');
  const { time } = useFormat();
  const { means, count, asked, remarks } = results;
  const waiting = useNow() <= Date.parse(until ?? '');
  const none = count === 0 ? t('results.none') : t('results.few', { count });
  const number = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return (
    <section className="k-stack-tight" aria-label={t('results.title')}>
      <h2>
        {t('results.title')} <span className="k-faint k-small">{t('results.count', { count, asked })}</span>
      </h2>
      {!means && <p className="k-faint">{waiting && until ? t('results.later', { time: time(until) }) : none}</p>}
      {means && (
        <dl className="feedback-means">
          {scales.map((scale) => (
            <div key={scale} className="feedback-mean">
              <dt>{t(`feedback.scale.${scale}`)}</dt>
              <dd>
                <span className="feedback-bar" aria-hidden>
                  <span style={{ width: `${(means[scale] / 5) * 100}%` }} />
                </span>
                {t('results.mean', { value: number.format(means[scale]) })}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {remarks.length > 0 && (
        <>
          <h3>{t('results.remarks')}</h3>
          <ul className="feedback-remarks">
            {remarks.map((text, at) => (
              <li key={at}>{text}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
