import { PlusOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/app/address';
import { useRight } from '@/app/session';
import type { PaperItem } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { useFormat } from '@/components/format';
import { ListFilters } from '@/components/ListFilters';
import { Page } from '@/components/Page';
import { PaperDrawer } from './PaperDrawer';
import { PaperForm } from './PaperForm';
import { usePapers } from './queries';
import './papers.css';

/** Papers: what exams ask. */
export default function PapersPage() {
  const { t } = useTranslation('papers');
  const mayWrite = useRight('question:write');
  const { get, set } = useAddress();
  const [adding, setAdding] = useState(false);
  const filter = { q: get('q'), state: get('state') };
  const list = usePapers(filter);
  const columns = useColumns();
  const chosen = get('id');
  const open = (id: string | null) => set({ id }, { replace: id === null });
  const filtered = Boolean(filter.q ?? filter.state);
  const add = (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  );
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={mayWrite && (list.items.length > 0 || filtered) && add}
      filters={<ListFilters search={t('search')} choices={[{ name: 'state', label: t('field.state'), options: (['active', 'retired'] as const).map((state) => ({ value: state, label: t(`state.${state}`) })) }]} />}
    >
      <DataTable<PaperItem>
        name="papers"
        label={t('title')}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        empty={
          <EmptyState title={filtered ? t('none.title') : t('empty.title')} text={filtered ? t('none.text') : t('empty.text')}>
            {mayWrite && !filtered && add}
          </EmptyState>
        }
        onRow={(row) => open(row.id)}
        chosen={chosen}
      />
      <PaperDrawer id={chosen} onClose={() => open(null)} />
      {adding && <PaperForm paper={null} onClose={() => setAdding(false)} onSaved={open} />}
    </Page>
  );
}

function useColumns(): Column<PaperItem>[] {
  const { t } = useTranslation('papers');
  const { set } = useAddress();
  const { time } = useFormat();
  return [
    {
      key: 'title',
      title: t('field.title'),
      always: true,
      render: (row) => (
        <button type="button" className="k-link-button" onClick={() => set({ id: row.id }, { replace: false })}>
          {row.title}
        </button>
      ),
      plain: (row) => row.title,
    },
    { key: 'kind', title: t('field.kind'), render: (row) => t(`kind.${row.content.kind}`), plain: (row) => t(`kind.${row.content.kind}`) },
    { key: 'count', title: t('field.count'), numeric: true, render: (row) => row.count, plain: (row) => row.count },
    { key: 'total', title: t('field.total'), numeric: true, render: (row) => row.total, plain: (row) => row.total },
    { key: 'state', title: t('field.state'), render: (row) => (row.state === 'active' ? t('state.active') : <Tag>{t('state.retired')}</Tag>), plain: (row) => t(`state.${row.state}`) },
    { key: 'changed', title: t('field.changed'), render: (row) => time(row.changed_at), plain: (row) => row.changed_at },
  ];
}
