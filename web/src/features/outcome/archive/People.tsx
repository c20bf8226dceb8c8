import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useAddress, useScopedTo } from '@/app/address';
import type { ArchivePerson } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { NONE, useFormat } from '@/components/format';
import { SearchField } from '@/components/ListFilters';
import { useArchivePeople } from './queries';

/** Everybody whose archive one keeps, with what it adds up to. */
export function People() {
  const { t } = useTranslation('archive');
  const { get } = useAddress();
  const to = useScopedTo();
  const navigate = useNavigate();
  const format = useFormat();
  const q = get('q');
  const list = useArchivePeople(q);
  const path = (row: ArchivePerson) => to(`/archive?staff=${row.id}`);
  const of = (part: number, all: number) => (all > 0 ? t('of', { part, all }) : NONE);
  const columns: Column<ArchivePerson>[] = [
    { key: 'name', title: t('field.name'), always: true, fixed: true, render: (row) => <Link to={path(row)}>{row.name}</Link>, plain: (row) => row.name },
    { key: 'account', title: t('field.account'), render: (row) => row.account, plain: (row) => row.account },
    { key: 'level', title: t('field.level'), render: (row) => row.level || '—', plain: (row) => row.level },
    { key: 'credits', title: t('total.credits'), numeric: true, render: (row) => (row.totals.credits > 0 ? format.points(row.totals.credits) : NONE), plain: (row) => row.totals.credits },
    { key: 'time', title: t('total.time'), numeric: true, render: (row) => (row.totals.minutes > 0 ? format.duration(row.totals.minutes * 60) : NONE), plain: (row) => row.totals.minutes },
    { key: 'exams', title: t('total.exams'), numeric: true, render: (row) => of(row.totals.passed, row.totals.exams), plain: (row) => row.totals.passed },
    { key: 'attendance', title: t('total.attendance'), numeric: true, render: (row) => of(row.totals.attended, row.totals.classes), plain: (row) => row.totals.attended },
    { key: 'courses', title: t('total.courses'), numeric: true, render: (row) => (row.totals.courses > 0 ? format.count(row.totals.courses) : NONE), plain: (row) => row.totals.courses },
  ];
  return (
    <>
      <div>
        <SearchField label={t('search')} />
      </div>
      <DataTable<ArchivePerson>
        name="archives"
        label={t('view.people')}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('nobody.title')} text={t('nobody.text')} />}
        onRow={(row) => void navigate(path(row))}
      />
    </>
  );
}
