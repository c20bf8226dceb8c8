import { PlusOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useAddress, useScopedTo } from '@/app/address';
import { useRight } from '@/app/session';
import type { ClassItem, ClassState } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { ListFilters } from '@/components/ListFilters';
import { Page } from '@/components/Page';
import { ClassForm } from './ClassForm';
import { useClasses } from './queries';
import { WeekCalendar } from './WeekCalendar';
import { StateTag, useWhen, Where } from './words';
import './classes.css';

const states = ['planned', 'announced', 'ended', 'cancelled'] as const satisfies readonly ClassState[];

/** Classes, as a table or by week; and the way to a new one. */
export default function ClassesPage() {
  const { t } = useTranslation('classes');
  const { get, set } = useAddress();
  const navigate = useNavigate();
  const to = useScopedTo();
  const mayArrange = useRight('class:write');
  // A plan item or course leads here with what it wants taught.
  const adding = mayArrange && get('new') !== null;
  const byWeek = get('view') === 'week';
  const start = () => set({ new: '1' }, { replace: false });
  const stop = () => set({ new: null, plan_item: null, course: null, title: null, competence: null });
  return (
    <Page
      title={t('title')}
      lead={mayArrange ? t('lead') : t('leadOwn')}
      actions={
        mayArrange && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={start}>
            {t('add')}
          </Button>
        )
      }
      filters={
        <Segmented
          aria-label={t('view.label')}
          value={byWeek ? 'week' : 'table'}
          options={[
            { value: 'table', label: t('view.table') },
            { value: 'week', label: t('view.week') },
          ]}
          onChange={(value) => set({ view: value === 'week' ? 'week' : null })}
        />
      }
    >
      {byWeek ? <WeekCalendar /> : <List onStart={mayArrange ? start : null} />}
      {adding && (
        <ClassForm
          old={null}
          preset={{ plan_item: get('plan_item'), course: get('course'), title: get('title'), competence: get('competence') }}
          onClose={stop}
          onSaved={(id) => void navigate(to(`/classes/${id}`))}
        />
      )}
    </Page>
  );
}

function List({ onStart }: { onStart: (() => void) | null }) {
  const { t } = useTranslation('classes');
  const { get } = useAddress();
  const q = get('q');
  const state = states.find((known) => known === get('state')) ?? null;
  const list = useClasses({ q, state });
  const filtered = Boolean(q ?? state);
  return (
    <>
      <div className="page-filters">
        <ListFilters search={t('search')} choices={[{ name: 'state', label: t('field.state'), options: states.map((value) => ({ value, label: t(`state.${value}`) })) }]} />
      </div>
      <DataTable<ClassItem>
        name="classes"
        label={t('title')}
        columns={useColumns()}
        list={list}
        rowKey={(row) => row.id}
        empty={
          <EmptyState title={filtered ? t('none.title') : t('empty.title')} text={filtered ? t('none.text') : onStart ? t('empty.text') : t('empty.textOwn')}>
            {onStart && !filtered && <Button onClick={onStart}>{t('add')}</Button>}
          </EmptyState>
        }
      />
    </>
  );
}

function useColumns(): Column<ClassItem>[] {
  const { t } = useTranslation('classes');
  const { t: common } = useTranslation();
  const to = useScopedTo();
  const when = useWhen();
  return [
    { key: 'title', title: t('field.title'), always: true, fixed: true, render: (row) => <Link to={to(`/classes/${row.id}`)}>{row.title}</Link>, plain: (row) => row.title },
    { key: 'when', title: t('field.when'), render: (row) => <span className="k-nowrap">{when(row)}</span>, plain: (row) => when(row) },
    { key: 'place', title: t('field.place'), render: (row) => <Where item={row} />, plain: (row) => row.place ?? row.online_url },
    { key: 'lecturer', title: t('field.lecturer'), render: (row) => row.lecturer.name, plain: (row) => row.lecturer.name },
    { key: 'competence', title: t('field.competence'), render: (row) => common(`competence.${row.competence}`), plain: (row) => common(`competence.${row.competence}`) },
    { key: 'state', title: t('field.state'), render: (row) => <StateTag state={row.state} />, plain: (row) => t(`state.${row.state}`) },
    {
      key: 'people',
      title: t('field.people'),
      numeric: true,
      render: (row) => (row.counts ? (row.state === 'ended' ? t('came', { came: row.counts.present + row.counts.late, count: row.counts.people }) : t('persons', { count: row.counts.people })) : '—'),
      plain: (row) => row.counts?.people,
    },
  ];
}
