import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMe } from '@/app/session';
import { useGet } from '@/api/queries';
import type { FigureRow, Figures } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { useDefinitions } from '@/components/definitions';
import { useEvidence } from '@/components/evidence/address';
import { FigureLink } from '@/components/FigureLink';

const KEYS = ['conversations', 'first_response', 'answered_within_180', 'unanswered', 'satisfaction'];

/** A marketplace serves nobody itself: how its merchants stand, each a way in. */
export default function Merchants({ from, to }: { from: string; to: string }) {
  const { t } = useTranslation('home');
  const { merchants } = useMe();
  const definitions = useDefinitions();
  const { mayRead, open } = useEvidence();
  const found = useGet<Figures>('/kpi', { by: 'tenant', per: 'all', keys: KEYS.join(','), from, to });
  const name = (row: FigureRow) => merchants.find(({ slug }) => slug === row.tenant)?.name ?? row.tenant ?? '';
  const see = (row: FigureRow, key: string) => {
    const title = `${name(row)} · ${definitions.name(key)}`;
    open({ key, from, to, miss: definitions.get(key)?.unit !== 'count', title }, row.tenant ?? null);
  };
  const columns: Column<FigureRow>[] = [
    { key: 'name', title: t('merchants.name'), always: true, render: (row) => <Link to={`/?tenant=${row.tenant ?? ''}`}>{name(row)}</Link>, plain: name },
    ...KEYS.map((key): Column<FigureRow> => ({
      key,
      title: definitions.name(key),
      numeric: true,
      render: (row) => <FigureLink value={row.values[key]} unit={definitions.get(key)?.unit ?? 'count'} label={`${name(row)}, ${definitions.name(key)}`} onOpen={mayRead ? () => see(row, key) : undefined} />,
      plain: (row) => row.values[key]?.value,
      sort: (a, b) => (a.values[key]?.value ?? -1) - (b.values[key]?.value ?? -1),
    })),
  ];
  return (
    <DataTable<FigureRow>
      name="home-merchants"
      label={t('merchants.title')}
      columns={columns}
      list={{ items: found.data?.rows ?? [], loading: found.isPending || definitions.loading, error: found.error, retry: () => void found.refetch() }}
      rowKey={(row) => row.tenant ?? ''}
      empty={<p className="k-soft">{t('merchants.none')}</p>}
    />
  );
}
