import { AimOutlined } from '@ant-design/icons';
import { Button, Segmented, Select } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlace, useRight } from '@/app/session';
import { useDefinitions } from '@/components/definitions';
import { EvidenceDrawer } from '@/components/evidence/EvidenceDrawer';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { Thread } from '@/components/Thread';
import { Trouble } from '@/components/Trouble';
import { FiguresTable } from './FiguresTable';
import { groups, inGroup, pers, useByName, useView } from './queries';
import { TargetsDialog } from './TargetsDialog';

const FiguresChart = lazy(() => import('./FiguresChart'));

/** The figures of agents, teams, shops or the whole, over time and against what to compare with. */
export default function FiguresPage() {
  const { t } = useTranslation('figures');
  const view = useView();
  const definitions = useDefinitions();
  const { whole, home } = usePlace();
  // Who answers for some shops sets targets for one of them, not for all.
  const mayTarget = useRight('target:write') && (whole || home !== undefined);
  const [targets, setTargets] = useState(false);
  const shown = useMemo(() => inGroup(definitions.all, view.group), [definitions.all, view.group]);
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      thread={<Thread reached="conversations" links={{ conversations: '/conversations' }} />}
      actions={
        mayTarget && (
          <Button icon={<AimOutlined aria-hidden />} onClick={() => setTargets(true)}>
            {t('targets.button')}
          </Button>
        )
      }
      filters={<Filters />}
    >
      {definitions.error && <Trouble error={definitions.error} />}
      {definitions.loading && <Loading />}
      {shown.length > 0 && (
        <>
          <Suspense fallback={<Loading rows={6} />}>
            <FiguresChart definitions={shown} />
          </Suspense>
          <FiguresTable definitions={shown} />
        </>
      )}
      {targets && <TargetsDialog definitions={shown} onClose={() => setTargets(false)} />}
      <EvidenceDrawer />
    </Page>
  );
}

function Filters() {
  const { t } = useTranslation('figures');
  const { allowed, comparable, by, per, group, compare, set } = useView();
  const byName = useByName();
  return (
    <>
      <Segmented aria-label={t('group.label')} value={group} options={groups.map((value) => ({ value, label: t(`group.${value}`) }))} onChange={(value) => set({ group: value, figure: null })} />
      {allowed.length > 1 && <Select aria-label={t('by.label')} value={by} options={allowed.map((value) => ({ value, label: byName(value) }))} onChange={(value) => set({ by: value, rows: null })} style={{ minWidth: 120 }} />}
      <Select aria-label={t('per.label')} value={per} options={pers.map((value) => ({ value, label: t(`per.${value}`) }))} onChange={(value) => set({ per: value })} style={{ minWidth: 120 }} />
      <Select aria-label={t('compare.label')} value={compare} options={comparable.map((value) => ({ value, label: t(`compare.${value}`) }))} onChange={(value) => set({ compare: value })} style={{ minWidth: 140 }} />
    </>
  );
}
