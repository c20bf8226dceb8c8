import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useScopedTo } from '@/app/address';
import { feedback } from '@/app/feedback';
import { useRight } from '@/app/session';
import type { Spot } from '@/api/types';
import { useEvidence } from '@/components/evidence/address';
import { FigureLink } from '@/components/FigureLink';
import { useFormat } from '@/components/format';
import { Interval } from '@/components/Interval';
import { personOf } from '@/components/names';
import { useProblemText } from '@/components/problem';
import { pick } from '@/i18n';
import { sureness, useRaise } from './queries';

/** One weak spot: who and what, in plain words, how sure, the interval, and its conversations. */
export function SpotCard({ spot, max }: { spot: Spot; max: number }) {
  const { t } = useTranslation('weak-spots');
  const { t: common } = useTranslation();
  const { figure, count } = useFormat();
  const { mayRead, open } = useEvidence();
  const mayRaise = useRight('need:write');
  const { unit } = spot;
  const title = `${spot.agent.name} · ${pick(spot.name)}`;
  const evidence = () => open({ ...spot.evidence, title });
  const where = [spot.shop.name, spot.team?.name].filter(Boolean).join(' · ');
  return (
    <article className="spot" data-testid="weak-spot" aria-label={title}>
      <div className="spot-words">
        <h2>
          {personOf(spot.agent.name)} <span className="k-soft">{pick(spot.name)}</span>
        </h2>
        {where && <span className="k-faint k-small">{where}</span>}
        <p>{pick(spot.words)}</p>
        <div className="k-row-wide k-small k-soft">
          <span>{t(`sure.${sureness(spot.certainty)}`)}</span>
          <span>
            {t('value')} <FigureLink value={{ value: spot.value, n: spot.n, version: 1 }} unit={unit} label={title} onOpen={mayRead ? evidence : undefined} />
          </span>
          {spot.excess >= 1 && <span>{t('excess', { count: Math.round(spot.excess), n: count(spot.n) })}</span>}
          {spot.target !== null && <span>{common('interval.target', { value: figure(spot.target, unit) })}</span>}
        </div>
      </div>
      <div className="spot-side">
        <Interval estimate={spot.estimate} low={spot.low} high={spot.high} peers={spot.peers} target={spot.target} unit={unit} {...(unit === 'seconds' ? { max } : {})} />
        <div className="k-row">
          {mayRead && <Button onClick={evidence}>{t('see')}</Button>}
          {mayRaise && <RaiseNeed spot={spot} />}
        </div>
      </div>
    </article>
  );
}

/** Makes a training need of a weak spot; then leads to it. */
function RaiseNeed({ spot }: { spot: Spot }) {
  const { t } = useTranslation('weak-spots');
  const to = useScopedTo();
  const problem = useProblemText();
  const raise = useRaise();
  if (raise.data) return <Link to={to(`/needs?need=${raise.data.id}`)}>{t('seeNeed')}</Link>;
  const send = () => raise.mutate(spot, { onSuccess: () => feedback.success(t('raised')), onError: (error) => feedback.error(error.code === 'conflict' ? t('notRaised') : problem(error)) });
  return (
    <Button loading={raise.isPending} onClick={send}>
      {t('raise')}
    </Button>
  );
}
