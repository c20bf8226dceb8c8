import { Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/app/address';
import { useScope } from '@/app/session';
import FunnelPlot from '@/components/charts/FunnelPlot';
import { useEvidence } from '@/components/evidence/address';
import { Loading } from '@/components/Loading';
import { Trouble } from '@/components/Trouble';
import { pick } from '@/i18n';
import type { WeakSpots } from '@/api/types';
import { useFunnel } from './queries';

/** Everybody in one picture: who stands out from what chance explains. */
export default function FunnelPanel({ measures, first }: { measures: WeakSpots['measures']; first: string | null }) {
  const { t } = useTranslation('weak-spots');
  const { get, set } = useAddress();
  const { from, to, shop } = useScope();
  const { mayRead, open } = useEvidence();
  const wanted = get('funnel') ?? first;
  const measure = measures.find(({ key }) => key === wanted) ?? measures[0];
  const funnel = useFunnel(measure?.key ?? null);
  const words = useMemo(() => ({ cases: t('funnel.cases'), band95: '95%', band998: '99.8%' }), [t]);
  if (!measure) return null;
  const { key, unit } = measure;
  const name = pick(measure.name);
  return (
    <section className="k-panel k-stack-tight">
      <div className="k-row">
        <h2>{t('funnel.title')}</h2>
        <Select
          aria-label={t('funnel.figure')}
          value={key}
          options={measures.map((one) => ({ value: one.key, label: pick(one.name) }))}
          onChange={(value) => set({ funnel: value })}
          style={{ minWidth: 200 }}
        />
      </div>
      <p className="k-soft">{t('funnel.text')}</p>
      {funnel.error && <Trouble error={funnel.error} onRetry={() => void funnel.refetch()} />}
      {funnel.isPending && <Loading rows={6} />}
      {funnel.data && funnel.data.points.length === 0 && <p className="k-faint">{t('funnel.none')}</p>}
      {funnel.data && funnel.data.points.length > 0 && (
        <FunnelPlot
          funnel={funnel.data}
          unit={unit}
          label={t('funnel.label', { name })}
          words={words}
          onPick={(agent) => mayRead && open({ key, from, to, shop, agent: agent.id, miss: true, title: `${agent.name} · ${name}` })}
        />
      )}
    </section>
  );
}
