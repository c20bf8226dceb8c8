import { Button, Drawer, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/app/address';
import { useMe, useRight, useScope } from '@/app/session';
import { useList } from '@/api/queries';
import type { ConversationItem } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { ConversationPane } from '@/components/evidence/ConversationPane';
import { useFormat } from '@/components/format';
import { Go } from '@/components/Go';
import { ListFilters } from '@/components/ListFilters';
import { personOf } from '@/components/names';
import { Page } from '@/components/Page';
import { PickMerchant } from '@/components/PickMerchant';

const sorts = ['-started_at', '-first_response', '-slowest', 'score'] as const;

/** All conversations of the scope and period; each opens as a chat beside the list. */
export default function ConversationsPage() {
  const { t } = useTranslation('conversations');
  const { get, set } = useAddress();
  const { from, to, shop, team } = useScope();
  const sort = get('sort') ?? sorts[0];
  const miss = get('miss');
  const customer = get('customer');
  const q = get('q');
  const agent = get('agent');
  const list = useList<ConversationItem>('/conversations', { from, to, shop, team, sort, q, customer, agent, key: miss, miss: miss ? true : null });
  const columns = useColumns();
  const chosen = get('id');
  const open = (id: string | null) => set({ id }, { replace: id === null });
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      filters={
        <ListFilters search={t('search')}>
          <Select
            aria-label={t('sort.label')}
            value={sort}
            onChange={(value) => set({ sort: value })}
            options={sorts.map((value) => ({ value: value as string, label: t(`sort.${value}`) }))}
            style={{ minWidth: 160 }}
          />
          <Select
            aria-label={t('miss.label')}
            value={miss ?? ''}
            onChange={(value) => set({ miss: value })}
            options={[
              { value: '', label: t('miss.all') },
              { value: 'first_response', label: t('miss.slow') },
              { value: 'unanswered', label: t('miss.unanswered') },
              { value: 'satisfaction', label: t('miss.unhappy') },
            ]}
            style={{ minWidth: 160 }}
          />
          {customer && (
            <Tag closable onClose={() => set({ customer: null })}>
              {t('oneCustomer')}
            </Tag>
          )}
          {agent && (
            <Tag closable onClose={() => set({ agent: null })}>
              {t('oneAgent')}
            </Tag>
          )}
        </ListFilters>
      }
    >
      <DataTable<ConversationItem>
        name="conversations"
        label={t('title')}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        empty={<None filtered={Boolean(miss ?? q ?? customer ?? agent)} />}
        onRow={(row) => open(row.id)}
        chosen={chosen}
      />
      <Drawer open={chosen !== null} onClose={() => open(null)} size={560} title={t('one')} mask={false} destroyOnHidden>
        {chosen && <ConversationPane id={chosen} />}
      </Drawer>
    </Page>
  );
}

function None({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation('conversations');
  const { set } = useAddress();
  const mayImport = useRight('import:write');
  const marketplace = useMe().tenant.kind === 'marketplace';
  if (filtered) {
    return (
      <EmptyState title={t('none.title')} text={t('none.filtered')}>
        <Button onClick={() => set({ miss: null, q: null, customer: null, agent: null })}>{t('none.clear')}</Button>
      </EmptyState>
    );
  }
  if (marketplace) return <PickMerchant />;
  return (
    <EmptyState title={t('none.title')} text={mayImport ? t('none.text') : t('none.textReader')}>
      {mayImport && <Go to="/imports">{t('none.import')}</Go>}
    </EmptyState>
  );
}

function useColumns(): Column<ConversationItem>[] {
  const { t } = useTranslation('conversations');
  const { t: common } = useTranslation();
  const { set } = useAddress();
  const { time, duration, count } = useFormat();
  const me = useMe();
  const zoneOf = (row: ConversationItem) => me.shops.find(({ id }) => id === row.shop.id)?.zone ?? me.tenant.zone;
  const agents = (row: ConversationItem) => row.agents.map(({ name }) => name).join(common('listSeparator'));
  // Many platforms write the shop into the account's name; it has a column of its own.
  const short = (row: ConversationItem) => row.agents.map(({ name }) => personOf(name)).join(common('listSeparator'));
  return [
    {
      key: 'customer',
      title: t('column.customer'),
      always: true,
      render: (row) => (
        <button type="button" className="k-link-button" onClick={() => set({ id: row.id }, { replace: false })}>
          {row.customer?.name ?? common('chat.nobody')}
        </button>
      ),
      plain: (row) => row.customer?.name,
    },
    { key: 'started', title: t('column.started'), render: (row) => time(row.started_at, zoneOf(row)), plain: (row) => row.started_at },
    { key: 'shop', title: t('column.shop'), render: (row) => row.shop.name, plain: (row) => row.shop.name },
    { key: 'agents', title: t('column.agents'), render: (row) => short(row) || '—', plain: agents },
    {
      key: 'first',
      title: t('column.first'),
      numeric: true,
      render: (row) => (row.first_response_s === null ? <span className="k-urgent">{common('evidence.unanswered')}</span> : duration(row.first_response_s)),
      plain: (row) => row.first_response_s,
    },
    { key: 'slowest', title: t('column.slowest'), numeric: true, render: (row) => (row.slowest_s === null ? '—' : duration(row.slowest_s)), plain: (row) => row.slowest_s },
    { key: 'rounds', title: t('column.rounds'), numeric: true, render: (row) => `${count(row.answered)}/${count(row.rounds)}`, plain: (row) => `${row.answered}/${row.rounds}` },
    { key: 'messages', title: t('column.messages'), numeric: true, render: (row) => count(row.messages), plain: (row) => row.messages },
    { key: 'score', title: t('column.score'), numeric: true, render: (row) => (row.score === null ? '—' : `${row.score}/5`), plain: (row) => row.score },
    { key: 'number', title: t('column.number'), render: (row) => row.source_id ?? '—', plain: (row) => row.source_id },
  ];
}
