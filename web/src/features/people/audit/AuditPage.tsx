import { Alert, Button, Drawer, Input, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/app/address';
import { blockedBy, useGet, useList } from '@/api/queries';
import type { Chain, EventItem } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { useFormat } from '@/components/format';
import { ListFilters, SearchField } from '@/components/ListFilters';
import { Page } from '@/components/Page';
import { Trouble } from '@/components/Trouble';
import './audit.css';
import { kinds } from './kinds';

/** Who did what on whom and when, and whether the chain that seals it holds. */
export default function AuditPage() {
  const { t } = useTranslation('audit');
  const { get, set } = useAddress();
  const filter = { kind: get('kind'), actor: get('actor'), subject: get('subject'), from: get('since'), to: get('until') };
  const list = useList<EventItem>('/events', filter);
  const [open, setOpen] = useState<EventItem | null>(null);
  const columns = useColumns(setOpen);
  const words = useWords();
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      filters={
        <ListFilters choices={[{ name: 'kind', label: t('filter.kind'), options: kinds.map((kind) => ({ value: kind as string, label: words.event(kind) })) }]}>
          <SearchField name="actor" label={t('filter.actor')} />
          <SearchField name="subject" label={t('filter.subject')} />
          <Input type="date" aria-label={t('filter.from')} value={filter.from ?? ''} onChange={({ target }) => set({ since: target.value })} style={{ width: 150 }} />
          <Input type="date" aria-label={t('filter.to')} value={filter.to ?? ''} onChange={({ target }) => set({ until: target.value })} style={{ width: 150 }} />
        </ListFilters>
      }
    >
      <ChainState />
      <DataTable<EventItem>
        name="audit"
        label={t('title')}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('empty.title')} text={t('empty.text')} />}
        onRow={setOpen}
        chosen={open?.id ?? null}
      />
      <Drawer open={open !== null} onClose={() => setOpen(null)} size={520} title={open ? words.event(open.kind) : undefined} mask={false}>
        {open && <Facts event={open} />}
      </Drawer>
    </Page>
  );
}

/** Kinds of events and actors in words; what this version does not know stays as it is written. */
function useWords() {
  const { t, i18n } = useTranslation('audit');
  const known = (part: 'event' | 'by' | 'on', word: string) => {
    const key = word.replaceAll('.', '_');
    return i18n.exists(`audit:${part}.${key}`) ? t(`${part}.${key}` as 'event.session_opened') : word;
  };
  return { event: (kind: string) => known('event', kind), actor: ({ actor }: EventItem) => actor.name ?? known('by', actor.kind), on: (kind: string) => known('on', kind) };
}

/** All that is written about one event; its content as it was sealed. */
function Facts({ event }: { event: EventItem }) {
  const { t } = useTranslation('audit');
  const { time } = useFormat();
  const words = useWords();
  const facts = [
    [t('at'), time(event.at)],
    [t('actor'), words.actor(event)],
    [t('subject'), event.subject ? words.on(event.subject.kind) : '—'],
    [t('subjectId'), event.subject?.id ?? '—'],
    [t('seq'), event.seq ?? t('notSealed')],
    [t('hash'), event.hash ?? '—'],
  ] as const;
  return (
    <div className="k-stack">
      <dl className="audit-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="k-faint">{name}</dt>
            <dd className="k-break">{value}</dd>
          </div>
        ))}
      </dl>
      <section className="k-stack-tight" aria-label={t('data')}>
        <h3>{t('data')}</h3>
        <pre className="audit-data">{JSON.stringify(event.data, null, 2)}</pre>
      </section>
    </div>
  );
}

function ChainState() {
  const { t } = useTranslation('audit');
  const { time, count } = useFormat();
  const [asked, setAsked] = useState(false);
  const known = useGet<Chain>('/events/chain');
  // Walking the whole chain takes a while: only when somebody asks.
  const verified = useGet<Chain>('/events/chain', { verify: true }, { enabled: asked });
  const chain = verified.data ?? known.data;
  const blocked = blockedBy(known);
  if (blocked) return <Trouble error={blocked} />;
  if (!chain) return null;
  const { intact, broken_at: brokenAt, length, sealed_at: sealedAt, pending, head, what } = chain;
  if (intact === false) return <Alert type="error" showIcon title={t('chain.broken', { at: brokenAt ?? 0 })} description={[t('chain.brokenText'), what].filter(Boolean).join(' ')} />;
  const facts = [t('chain.length', { count: length, shown: count(length) }), sealedAt ? t('chain.sealed', { time: time(sealedAt) }) : '', pending > 0 ? t('chain.pending', { count: pending }) : ''];
  return (
    <>
      {verified.error && <Trouble error={verified.error} />}
      <Alert
        type={intact ? 'success' : 'info'}
        showIcon
        title={intact ? t('chain.intact') : t('chain.unchecked')}
        action={
          !intact && (
            <Button size="small" loading={verified.isFetching} onClick={() => (asked ? void verified.refetch() : setAsked(true))}>
              {t('chain.verify')}
            </Button>
          )
        }
        description={
          <span className="k-small">
            {facts.filter(Boolean).join(' · ')}
            {head && (
              <Tooltip title={head}>
                {' · '}
                <code>{head.slice(0, 12)}</code>
              </Tooltip>
            )}
          </span>
        }
      />
    </>
  );
}

function useColumns(open: (event: EventItem) => void): Column<EventItem>[] {
  const { t } = useTranslation('audit');
  const { time } = useFormat();
  const words = useWords();
  return [
    { key: 'at', title: t('at'), always: true, render: (row) => time(row.at), plain: (row) => row.at },
    {
      key: 'kind',
      title: t('filter.kind'),
      always: true,
      render: (row) => (
        <button type="button" className="k-link-button" onClick={() => open(row)}>
          {words.event(row.kind)}
        </button>
      ),
      plain: (row) => row.kind,
    },
    { key: 'actor', title: t('actor'), render: (row) => words.actor(row), plain: (row) => words.actor(row) },
    { key: 'subject', title: t('subject'), render: (row) => (row.subject ? words.on(row.subject.kind) : '—'), plain: (row) => (row.subject ? `${row.subject.kind} ${row.subject.id}` : '') },
    { key: 'seq', title: t('seq'), numeric: true, render: (row) => row.seq ?? <span className="k-faint">{t('notSealed')}</span>, plain: (row) => row.seq },
    { key: 'hash', title: t('hash'), render: (row) => (row.hash ? <code className="k-faint">{row.hash.slice(0, 12)}</code> : '—'), plain: (row) => row.hash },
  ];
}
