import { Collapse } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useRight, useScope } from '@/app/session';
import type { WeakSpots } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { EvidenceDrawer } from '@/components/evidence/EvidenceDrawer';
import { useFormat } from '@/components/format';
import { Go } from '@/components/Go';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { PickMerchant } from '@/components/PickMerchant';
import { Thread } from '@/components/Thread';
import { Trouble } from '@/components/Trouble';
import { keyOf, useWeakSpots } from './queries';
import { SpotCard } from './SpotCard';
import { TooFew } from './TooFew';
import './weak-spots.css';

const FunnelPanel = lazy(() => import('./FunnelPanel'));

/** Where service is weak beyond what chance explains, the most certain first. */
export default function WeakSpotsPage() {
  const { t } = useTranslation('weak-spots');
  const found = useWeakSpots();
  return (
    <Page title={t('title')} lead={t('lead')} thread={<Thread reached="weakSpot" links={{ conversations: '/conversations', weakSpot: '/weak-spots' }} />}>
      {found.error && <Trouble error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading rows={8} />}
      {found.data && <Found data={found.data} />}
      <EvidenceDrawer />
    </Page>
  );
}

function Found({ data }: { data: WeakSpots }) {
  const { t } = useTranslation('weak-spots');
  const { day } = useFormat();
  const { from, to } = useScope();
  const mayImport = useRight('import:write');
  const marketplace = useMe().tenant.kind === 'marketplace';
  if (data.tested === 0 && data.unclear.length === 0) {
    if (marketplace) return <PickMerchant />;
    return (
      <EmptyState title={t('noData.title')} text={t('noData.text')}>
        {mayImport && <Go to="/imports">{t('noData.button')}</Go>}
      </EmptyState>
    );
  }
  const spots = [...data.spots].sort((a, b) => b.certainty - a.certainty);
  const most = Math.max(...spots.filter((spot) => spot.unit === 'seconds').map((spot) => Math.max(spot.high, spot.peers ?? 0, spot.target ?? 0)), 1);
  return (
    <>
      <p className="k-soft">
        {t('tested', { count: data.tested, from: day(from), to: day(to), percent: Math.round(data.fdr * 100) })}
      </p>
      {spots.length === 0 ? (
        <EmptyState title={t('none.title')} text={t('none.text')} />
      ) : (
        <ol className="k-plain-list k-stack-tight" aria-label={t('title')}>
          {spots.map((spot) => (
            <li key={keyOf(spot)}>
              <SpotCard spot={spot} max={most} />
            </li>
          ))}
        </ol>
      )}
      <Suspense fallback={<Loading />}>
        <FunnelPanel measures={data.measures} first={spots[0]?.key ?? null} />
      </Suspense>
      {data.unclear.length > 0 && (
        <Collapse items={[{ key: 'few', label: t('few.title', { count: data.unclear.length }), children: <TooFew spots={data.unclear} /> }]} />
      )}
    </>
  );
}
