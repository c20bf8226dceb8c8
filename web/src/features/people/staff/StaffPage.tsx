import { PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/app/address';
import { useRight } from '@/app/session';
import { downloadUrl } from '@/api/client';
import { roles, type StaffItem } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { ListFilters } from '@/components/ListFilters';
import { Page } from '@/components/Page';
import { useStaffList } from './queries';
import { StaffDrawer } from './StaffDrawer';
import { StaffForm } from './StaffForm';
import { StaffImport } from './StaffImport';

/** Everybody who works here: list, history, roles, in and out by spreadsheet. */
export default function StaffPage() {
  const { t } = useTranslation('staff');
  const { t: common } = useTranslation();
  const mayWrite = useRight('staff:write');
  const { get, set } = useAddress();
  const [adding, setAdding] = useState(false);
  const [importing, setImporting] = useState(false);
  const filter = { q: get('q'), shop: get('shop'), team: get('team'), role: get('role') };
  const list = useStaffList(filter);
  const columns = useColumns();
  const chosen = get('id');
  const open = (id: string | null) => set({ id }, { replace: id === null });
  const importButton = (
    <Button icon={<UploadOutlined aria-hidden />} onClick={() => setImporting(true)}>
      {t('import.button')}
    </Button>
  );
  const filtered = Boolean(filter.q ?? filter.shop ?? filter.team ?? filter.role);
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        mayWrite && (
          <>
            {importButton}
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
              {t('add')}
            </Button>
          </>
        )
      }
      filters={<ListFilters search={t('search')} choices={[{ name: 'role', label: t('role'), options: roles.map((value) => ({ value, label: common(`role.${value}`) })) }]} />}
    >
      <DataTable<StaffItem>
        name="staff"
        label={t('title')}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        empty={
          <EmptyState title={filtered ? t('none.title') : t('empty.title')} text={filtered ? t('none.text') : t('empty.text')}>
            {mayWrite && !filtered && importButton}
          </EmptyState>
        }
        exportHref={downloadUrl('/staff/export', { format: 'xlsx' })}
        onRow={(row) => open(row.id)}
        chosen={chosen}
      />
      <StaffDrawer id={chosen} onClose={() => open(null)} />
      {adding && <StaffForm staff={null} onClose={() => setAdding(false)} onSaved={(id) => open(id)} />}
      {importing && <StaffImport onClose={() => setImporting(false)} />}
    </Page>
  );
}

function useColumns(): Column<StaffItem>[] {
  const { t } = useTranslation('staff');
  const { t: common } = useTranslation();
  const { set } = useAddress();
  return [
    {
      key: 'name',
      title: t('field.name'),
      always: true,
      fixed: true,
      render: (row) => (
        <button type="button" className="k-link-button" onClick={() => set({ id: row.id }, { replace: false })}>
          {row.name}
        </button>
      ),
    },
    { key: 'account', title: t('field.account'), render: (row) => row.account },
    { key: 'shop', title: t('field.shop'), render: (row) => row.shop?.name ?? '—' },
    { key: 'team', title: t('field.team'), render: (row) => row.team?.name ?? '—' },
    {
      key: 'roles',
      title: t('role'),
      render: (row) => (row.roles.length === 0 ? '—' : [...new Set(row.roles.map(({ role }) => role))].map((role) => <Tag key={role}>{common(`role.${role}`)}</Tag>)),
    },
    { key: 'level', title: t('field.level'), render: (row) => row.level || '—' },
    { key: 'position', title: t('field.position'), render: (row) => row.position || '—' },
    { key: 'joined', title: t('field.joined_on'), render: (row) => row.joined_on ?? '—' },
    { key: 'phone', title: t('field.phone'), render: (row) => row.phone ?? '—' },
  ];
}
