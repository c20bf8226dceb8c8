import { Alert, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, usePlace, useScope } from '@/app/session';
import type { ImportKind, Me, Uuid } from '@/api/types';
import { useProblemText } from '@/components/problem';
import { UploadField, WorkProgress } from '@/components/UploadField';
import { useUpload, type DateOrder } from './queries';

const kinds: ImportKind[] = ['conversations', 'ratings', 'contacts'];

interface Sending {
  name: string;
  sent: number;
  total: number;
  since: number;
  now: number;
}

/** The shop of rows that name none: the one that is looked at, the only one, or the first one there will be. */
function likely(me: Me, looked: Uuid | null, whole: boolean): string | null {
  const [first, ...others] = me.shops;
  if (!first) return whole ? me.tenant.name : null;
  return me.shops.find(({ id }) => id === looked)?.code ?? (others.length === 0 ? first.code : null);
}

interface Props {
  /** What the file holds. */
  kind: ImportKind;
  onKind: (kind: ImportKind) => void;
  /** The import has begun; not called for somebody who has left the page meanwhile. */
  onStarted: (id: Uuid) => void;
}

/** Drop a file; what it is and which shop it belongs to can be said beside. */
export function UploadPanel({ kind, onKind, onStarted }: Props) {
  const { t } = useTranslation('imports');
  const me = useMe();
  const scope = useScope();
  const problem = useProblemText();
  const { whole } = usePlace();
  const [shop, setShop] = useState<string | null>(() => likely(me, scope.shop, whole));
  const [typed, setTyped] = useState('');
  const [dateOrder, setDateOrder] = useState<DateOrder | null>(null);
  const [sending, setSending] = useState<Sending | null>(null);
  const upload = useUpload((sent, total) => setSending((before) => before && { ...before, sent, total, now: Date.now() }));
  // A shop that is not there yet comes into being with the import.
  const fresh = (name: string) => {
    const known = me.shops.some((one) => one.code === name.trim() || one.name === name.trim());
    return name.trim() === '' || known ? [] : [{ value: name.trim(), label: t('upload.newShop', { name: name.trim() }) }];
  };
  const start = (file: File) => {
    const now = Date.now();
    setSending({ name: file.name, sent: 0, total: file.size, since: now, now });
    upload.mutate({ file, wanted: { kind, shop, date_order: dateOrder } }, { onSuccess: (started) => onStarted(started.id), onSettled: () => setSending(null) });
  };
  return (
    <section className="k-stack-tight" aria-label={t('upload.title')}>
      <div className="k-row">
        <Select aria-label={t('upload.kind')} value={kind} onChange={onKind} options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))} style={{ minWidth: 140 }} />
        <Select
          aria-label={t('upload.shop')}
          value={shop ?? ''}
          onChange={(value) => setShop(value || null)}
          options={[{ value: '', label: t('upload.shopInFile') }, ...me.shops.map(({ code, name }) => ({ value: code, label: name })), ...fresh(typed), ...(typed.trim() === shop ? [] : fresh(shop ?? ''))]}
          showSearch={whole ? { optionFilterProp: 'label', onSearch: setTyped, autoClearSearchValue: true } : false}
          popupMatchSelectWidth={false}
          style={{ minWidth: 220, maxWidth: '100%' }}
        />
        <Select<DateOrder | 'plain'>
          aria-label={t('upload.dates')}
          value={dateOrder ?? 'plain'}
          onChange={(value) => setDateOrder(value === 'plain' ? null : value)}
          options={[
            { value: 'plain', label: t('upload.datesPlain') },
            { value: 'dmy', label: t('upload.datesDmy') },
            { value: 'mdy', label: t('upload.datesMdy') },
          ]}
          style={{ minWidth: 180 }}
        />
      </div>
      {upload.error && <Alert type="error" showIcon title={problem(upload.error)} />}
      {sending ? (
        <div className="k-panel">
          <WorkProgress label={t('upload.sending', { name: sending.name })} done={sending.sent} total={sending.total} since={sending.since} now={sending.now} />
        </div>
      ) : (
        <UploadField title={t('upload.title')} hint={t('upload.hint')} accept=".csv,.tsv,.txt,.xlsx,.jsonl,.ndjson,.json" onFile={start} />
      )}
    </section>
  );
}
