import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/app/address';
import { useMe, useRight } from '@/app/session';
import type { Import, ImportKind } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { useFormat } from '@/components/format';
import { Page } from '@/components/Page';
import { PickMerchant } from '@/components/PickMerchant';
import { Columns } from './Columns';
import { ImportDrawer } from './ImportDrawer';
import { personOf, useImports } from './queries';
import { State } from './State';
import { UploadPanel } from './UploadPanel';

/** Chat records and ratings go in here; each file can be looked at and undone as a whole. */
export default function ImportsPage() {
  const { t } = useTranslation('imports');
  const mayImport = useRight('import:write');
  const { get, set } = useAddress();
  const list = useImports();
  const columns = useColumns();
  const chosen = get('import');
  const [kind, setKind] = useState<ImportKind>('conversations');
  const open = (id: string | null) => set({ import: id }, { replace: id === null });
  const marketplace = useMe().tenant.kind === 'marketplace';
  const none = !list.loading && !list.error && list.items.length === 0;
  return (
    <Page title={t('title')} lead={t('lead')}>
      {none && marketplace && <PickMerchant />}
      {mayImport && !marketplace && <UploadPanel kind={kind} onKind={setKind} onStarted={open} />}
      {none && marketplace ? null : none ? (
        <>
          {!mayImport && <EmptyState title={t('empty.title')} text={t('empty.textReader')} />}
          <Columns key="open" kind={kind} open />
        </>
      ) : (
        <>
          <DataTable<Import>
            name="imports"
            label={t('title')}
            columns={columns}
            list={list}
            rowKey={(row) => row.id}
            empty={null}
            onRow={(row) => open(row.id)}
            chosen={chosen}
          />
          {!list.loading && <Columns key="closed" kind={kind} />}
        </>
      )}
      <ImportDrawer id={chosen} onClose={() => open(null)} />
    </Page>
  );
}

function useColumns(): Column<Import>[] {
  const { t } = useTranslation('imports');
  const { set } = useAddress();
  const { time, count, day } = useFormat();
  return [
    {
      key: 'file',
      title: t('column.file'),
      always: true,
      render: (row) => (
        <button type="button" className="k-link-button" onClick={() => set({ import: row.id }, { replace: false })}>
          {row.file_name}
        </button>
      ),
      plain: (row) => row.file_name,
    },
    { key: 'kind', title: t('column.kind'), render: (row) => t(`kind.${row.kind}`), plain: (row) => t(`kind.${row.kind}`) },
    { key: 'state', title: t('column.state'), render: (row) => <State item={row} />, plain: (row) => t(`state.${row.state}`) },
    { key: 'imported', title: t('column.imported'), numeric: true, render: (row) => count(row.imported), plain: (row) => row.imported },
    { key: 'unchanged', title: t('column.unchanged'), numeric: true, render: (row) => count(row.unchanged), plain: (row) => row.unchanged },
    {
      key: 'rejected',
      title: t('column.rejected'),
      numeric: true,
      render: (row) => <span className={row.rejected > 0 ? 'k-soon' : ''}>{count(row.rejected)}</span>,
      plain: (row) => row.rejected,
    },
    {
      key: 'days',
      title: t('column.days'),
      render: (row) => (row.from_day && row.to_day ? `${day(row.from_day)} – ${day(row.to_day)}` : '—'),
      plain: (row) => (row.from_day && row.to_day ? `${row.from_day}/${row.to_day}` : ''),
    },
    { key: 'at', title: t('column.at'), render: (row) => time(row.created_at), plain: (row) => row.created_at },
    { key: 'by', title: t('column.by'), render: (row) => personOf(row) ?? '—', plain: personOf },
  ];
}
