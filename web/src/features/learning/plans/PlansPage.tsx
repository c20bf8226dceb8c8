import { PlusOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useAddress, useScopedTo } from '@/app/address';
import { useRight } from '@/app/session';
import { planKinds, planStates, type PlanHead } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { useFormat } from '@/components/format';
import { ListFilters } from '@/components/ListFilters';
import { Page } from '@/components/Page';
import { NewPlan } from './NewPlan';
import { usePlans } from './queries';

/** Plans: what is to be taught to whom and why. */
export default function PlansPage() {
  const { t } = useTranslation('plans');
  const { get } = useAddress();
  const mayWrite = useRight('plan:write');
  const navigate = useNavigate();
  const to = useScopedTo();
  const [making, setMaking] = useState(get('new') === 'true');
  const filter = { kind: get('kind'), state: get('state') };
  const list = usePlans(filter);
  const columns = useColumns();
  const filtered = Boolean(filter.kind ?? filter.state);
  const make = mayWrite && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setMaking(true)}>
      {t('make')}
    </Button>
  );
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={make}
      filters={
        <ListFilters
          choices={[
            { name: 'kind', label: t('filter.kind'), options: planKinds.map((value) => ({ value, label: t(`kind.${value}`) })) },
            { name: 'state', label: t('filter.state'), options: planStates.filter((value) => value !== 'superseded').map((value) => ({ value, label: t(`state.${value}`) })) },
          ]}
        />
      }
    >
      <DataTable<PlanHead>
        name="plans"
        label={t('title')}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        empty={filtered ? <EmptyState title={t('filtered.title')} text={t('filtered.text')} /> : <EmptyState title={t('empty.title')} text={t('empty.text')} />}
        onRow={(row) => void navigate(to(`/plans/${row.id}`))}
      />
      {making && <NewPlan onClose={() => setMaking(false)} onMade={(id) => void navigate(to(`/plans/${id}?edit=true`))} />}
    </Page>
  );
}

function useColumns(): Column<PlanHead>[] {
  const { t } = useTranslation('plans');
  const { day } = useFormat();
  const to = useScopedTo();
  const where = (row: PlanHead) => [row.shop?.name, row.team?.name].filter(Boolean).join(' · ') || t('whole');
  return [
    { key: 'title', title: t('column.title'), always: true, fixed: true, render: (row) => <Link to={to(`/plans/${row.id}`)}>{row.title}</Link>, plain: (row) => row.title },
    { key: 'kind', title: t('column.kind'), render: (row) => t(`kind.${row.kind}`), plain: (row) => t(`kind.${row.kind}`) },
    { key: 'state', title: t('column.state'), render: (row) => <Tag>{t(`state.${row.state}`)}</Tag>, plain: (row) => t(`state.${row.state}`) },
    { key: 'period', title: t('column.period'), render: (row) => `${day(row.from)} – ${day(row.to)}`, plain: (row) => `${row.from} – ${row.to}` },
    { key: 'where', title: t('column.where'), render: where, plain: where },
    { key: 'version', title: t('column.version'), render: (row) => (row.in_force === null ? t('noVersion') : t('versionNo', { count: row.in_force })), plain: (row) => row.in_force },
    { key: 'by', title: t('column.by'), render: (row) => row.made_by?.name ?? '—', plain: (row) => row.made_by?.name },
  ];
}
