import { PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/app/address';
import { plansForAll, useMe, useRight } from '@/app/session';
import { competences, needSources, needStates, type NeedItem } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { useFormat } from '@/components/format';
import { ListFilters } from '@/components/ListFilters';
import { Page } from '@/components/Page';
import { NeedDrawer } from './NeedDrawer';
import { useNeeds } from './queries';
import { ReportForm } from './ReportForm';
import { RulePanel } from './RulePanel';
import { severities, Severity, State, useWho } from './words';
import './needs.css';

/** Training needs: one's own reports, and for who answers for people, theirs. */
export default function NeedsPage() {
  const { t } = useTranslation('needs');
  const me = useMe();
  const sorts = useRight('need:write');
  const reads = useRight('plan:read');
  const wide = sorts || reads;
  const { get, set } = useAddress();
  const [reporting, setReporting] = useState(false);
  const mine = get('mine') === 'true';
  const filter = {
    state: get('state'),
    source: get('source'),
    competence: get('competence'),
    severity: get('severity'),
    q: get('q'),
    shop: get('shop'),
    team: get('team'),
    mine: mine || null,
  };
  const list = useNeeds(wide ? filter : { ...filter, shop: null, team: null });
  const filtered = Object.entries(filter).some(([name, value]) => Boolean(value) && name !== 'shop' && name !== 'team');
  const open = (id: string | null) => set({ need: id }, { replace: id === null });
  const all = useColumns(open);
  // To who sees his own reports only, it is always himself.
  const columns = wide ? all : all.filter(({ key }) => !own.has(key));
  const report = (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setReporting(true)}>
      {t('report')}
    </Button>
  );
  const none = wide ? { title: t('empty.title'), text: t('empty.text') } : { title: t('empty.own'), text: t('empty.ownText') };
  const empty = filtered ? <EmptyState title={t('filtered.title')} text={t('filtered.text')} /> : <EmptyState {...none} />;
  return (
    <Page title={t('title')} lead={wide ? t('lead') : t('leadOwn')} actions={report} filters={wide && <Filters />}>
      {plansForAll(me) && <RulePanel />}
      <DataTable<NeedItem>
        name="needs"
        label={t('title')}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        empty={empty}
        onRow={(row) => open(row.id)}
        chosen={get('need')}
      />
      <NeedDrawer id={get('need')} onClose={() => open(null)} onOpen={open} />
      {reporting && <ReportForm onClose={() => setReporting(false)} onReported={open} />}
    </Page>
  );
}

const own: ReadonlySet<string> = new Set(['people', 'who', 'where', 'source', 'reported']);

function Filters() {
  const { t } = useTranslation('needs');
  const { t: common } = useTranslation();
  const { get, set } = useAddress();
  return (
    <ListFilters
      search={t('search')}
      choices={[
        { name: 'state', label: t('filter.state'), options: needStates.map((value) => ({ value, label: t(`state.${value}`) })) },
        { name: 'source', label: t('filter.source'), options: needSources.map((value) => ({ value, label: t(`source.${value}`) })) },
        { name: 'competence', label: t('filter.competence'), options: competences.map((value) => ({ value, label: common(`competence.${value}`) })) },
        { name: 'severity', label: t('filter.severity'), options: severities.map((value) => ({ value: String(value), label: t(`severity.${value}`) })) },
      ]}
    >
      <Checkbox checked={get('mine') === 'true'} onChange={({ target }) => set({ mine: target.checked ? 'true' : null })}>
        {t('mine')}
      </Checkbox>
    </ListFilters>
  );
}

function useColumns(open: (id: string) => void): Column<NeedItem>[] {
  const { t } = useTranslation('needs');
  const { t: common } = useTranslation();
  const { time, count } = useFormat();
  const who = useWho();
  const where = (row: NeedItem) => [row.shop?.name, row.team?.name].filter(Boolean).join(' · ') || '—';
  const competence = (row: NeedItem) => (row.competence ? common(`competence.${row.competence}`) : '—');
  return [
    {
      key: 'title',
      title: t('column.title'),
      always: true,
      fixed: true,
      render: (row) => (
        <button type="button" className="k-link-button table-wrap-cell" onClick={() => open(row.id)}>
          {row.title}
        </button>
      ),
      plain: (row) => row.title,
    },
    { key: 'severity', title: t('column.severity'), render: (row) => <Severity value={row.severity} />, plain: (row) => row.severity },
    { key: 'people', title: t('column.people'), numeric: true, render: (row) => count(row.people), plain: (row) => row.people },
    { key: 'state', title: t('column.state'), render: (row) => <State need={row} />, plain: (row) => t(`state.${row.state}`) },
    { key: 'who', title: t('column.who'), render: (row) => <span className="need-narrow">{who(row)}</span>, plain: who },
    { key: 'competence', title: t('column.competence'), render: competence, plain: competence },
    { key: 'where', title: t('column.where'), render: (row) => <span className="need-narrow">{where(row)}</span>, plain: where },
    { key: 'source', title: t('column.source'), render: (row) => t(`source.${row.source}`), plain: (row) => t(`source.${row.source}`) },
    { key: 'reported', title: t('column.reported'), render: (row) => row.reported_by?.name ?? '—', plain: (row) => row.reported_by?.name },
    { key: 'since', title: t('column.since'), render: (row) => time(row.created_at), plain: (row) => row.created_at },
  ];
}
