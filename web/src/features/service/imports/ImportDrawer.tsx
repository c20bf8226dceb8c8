import { Alert, Button, Drawer } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { useRight } from '@/app/session';
import { downloadUrl } from '@/api/client';
import { useRefresh } from '@/api/queries';
import type { Import, Rejection } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { useFormat } from '@/components/format';
import { Go } from '@/components/Go';
import { Loading } from '@/components/Loading';
import { useProblemText } from '@/components/problem';
import { Thread } from '@/components/Thread';
import { Trouble } from '@/components/Trouble';
import { WorkProgress } from '@/components/UploadField';
import { currentLanguage, inLanguage } from '@/i18n';
import './imports.css';
import { busy, personOf, useImport, useRejections, useUndo } from './queries';
import { columns as columnsOf } from './sample';
import { State } from './State';

/** One import: how far, what came in, what was sent back and why; undo. */
export function ImportDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useTranslation('imports');
  return (
    <Drawer open={id !== null} onClose={onClose} size={720} title={t('detail.title')} destroyOnHidden data-testid="import-detail">
      {id && <Detail key={id} id={id} />}
    </Drawer>
  );
}

/** Whether anything of the file is in, from this time or an earlier one. */
const brought = (item: Import) => item.imported + item.unchanged > 0;

function Detail({ id }: { id: string }) {
  const { t } = useTranslation('imports');
  const found = useImport(id);
  const item = found.data;
  if (found.error && !item) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (!item) return <Loading />;
  return (
    <div className="k-stack">
      <div>
        <div className="k-row">
          <h2 className="k-break">{item.file_name}</h2>
          <State item={item} />
        </div>
        {item.state === 'done' && item.kind === 'conversations' && brought(item) && (
          <Thread reached="conversations" links={{ conversations: item.from_day && item.to_day ? `/conversations?from=${item.from_day}&to=${item.to_day}` : '/conversations' }} />
        )}
      </div>
      {busy(item.state) && <Progress item={item} />}
      {item.error && <Alert type="error" showIcon title={t('detail.failed')} description={inLanguage(item.error.detail, item.error.detail_zh)} />}
      {item.state === 'done' && !brought(item) && <Alert type="warning" showIcon title={item.rows === 0 ? t('detail.noRows') : t('detail.nothingIn')} />}
      {item.state === 'undone' && <Alert type="info" showIcon title={t('detail.undone')} />}
      <Facts item={item} />
      {item.warnings.length > 0 && <Alert type="warning" showIcon title={t('detail.warnings')} description={<ul>{item.warnings.map((warning, at) => <li key={at}>{inLanguage(warning.detail, warning.detail_zh)}</li>)}</ul>} />}
      <Actions item={item} />
      {item.rejected > 0 && <Rejections item={item} />}
    </div>
  );
}

/** Reading with its remaining time; when it ends, what depends on it is asked again. */
function Progress({ item }: { item: Import }) {
  const { t } = useTranslation('imports');
  const refresh = useRefresh();
  const [since] = useState(() => Date.parse(item.created_at));
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => {
      clearInterval(timer);
      void refresh('/imports', '/kpi', '/conversations', '/weak-spots', '/home', '/me');
    };
  }, [refresh]);
  return <WorkProgress label={t(`progress.${item.state as 'queued' | 'reading' | 'merging' | 'undoing'}`)} done={item.bytes_read} total={item.bytes_total} since={since} now={now} />;
}

function Facts({ item }: { item: Import }) {
  const { t } = useTranslation('imports');
  const { count, time, day } = useFormat();
  const facts: [string, string][] = [
    [t('column.rows'), count(item.rows)],
    [t('column.imported'), count(item.imported)],
    [t('column.unchanged'), count(item.unchanged)],
    [t('column.rejected'), count(item.rejected)],
  ];
  return (
    <>
      <dl className="import-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="k-faint k-small">
        {t(`kind.${item.kind}`)} · {time(item.created_at)}
        {personOf(item) && ` · ${personOf(item)}`}
        {item.from_day && item.to_day && ` · ${day(item.from_day)} – ${day(item.to_day)}`}
      </p>
    </>
  );
}

function Rejections({ item }: { item: Import }) {
  const { t } = useTranslation('imports');
  const list = useRejections(item.id);
  const lang = currentLanguage() === 'en' ? 'en' : 'zh';
  const { t: common, i18n } = useTranslation();
  // Masked while it was read: the kind stands for the piece.
  const unveiled = (cell: string) =>
    cell.replaceAll(/⟦(\w+)⟧/g, (piece, kind: string) => (i18n.exists(`chat.piece.${kind}`) ? `[${common(`chat.piece.${kind as 'mobile'}`)}]` : piece));
  const named = (key: string) => inLanguage(key, columnsOf[item.kind].find(({ name }) => name === key)?.chinese);
  const columns: Column<Rejection>[] = [
    { key: 'row', title: t('rejections.row'), always: true, numeric: true, render: (row) => row.row },
    { key: 'column', title: t('rejections.column'), render: (row) => (row.column ? named(row.column) : '—') },
    { key: 'reason', title: t('rejections.reason'), render: (row) => <span className="table-wrap-cell">{inLanguage(row.reason, row.reason_zh)}</span> },
    { key: 'cells', title: t('rejections.cells'), render: (row) => <span className="table-wrap-cell k-faint">{Object.values(row.cells).filter(Boolean).map(unveiled).join(' | ')}</span> },
  ];
  return (
    <section className="k-stack-tight">
      <h3>{t('rejections.title')}</h3>
      <p className="k-soft">{brought(item) ? t('rejections.text') : t('rejections.textAll')}</p>
      <div className="k-row">
        <Button href={downloadUrl(`/imports/${item.id}/rejections/export`, { format: 'xlsx', lang })} download>
          {t('rejections.xlsx')}
        </Button>
        <Button href={downloadUrl(`/imports/${item.id}/rejections/export`, { format: 'csv', lang })} download>
          {t('rejections.csv')}
        </Button>
      </div>
      <DataTable<Rejection>
        name="rejections"
        inside
        label={t('rejections.title')}
        columns={columns}
        list={list}
        rowKey={(row) => `${row.row}-${row.column ?? ''}`}
        empty={null}
      />
    </section>
  );
}

function Actions({ item }: { item: Import }) {
  const { t } = useTranslation('imports');
  const { t: common } = useTranslation();
  const problem = useProblemText();
  const mayUndo = useRight('import:write');
  const mayDiagnose = useRight('weak_spot:read');
  const undo = useUndo(item.id);
  const ask = () =>
    feedback.confirm({
      title: t('undo.title', { name: item.file_name }),
      content: t('undo.text'),
      okText: t('undo.button'),
      cancelText: common('cancel'),
      okButtonProps: { danger: true },
      onOk: () => undo.mutateAsync().catch((error: unknown) => feedback.error(problem(error))),
    });
  const period = item.from_day && item.to_day ? `?from=${item.from_day}&to=${item.to_day}` : '';
  if (item.state !== 'done' && item.state !== 'failed') return null;
  return (
    <div className="k-row">
      {item.state === 'done' && mayDiagnose && brought(item) && <Go to={`/weak-spots${period}`}>{t('detail.weakSpots')}</Go>}
      {item.state === 'done' && mayUndo && item.imported > 0 && (
        <Button danger onClick={ask}>
          {t('undo.button')}
        </Button>
      )}
    </div>
  );
}
