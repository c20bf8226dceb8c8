import { DownloadOutlined, SettingOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover, Table, type TableColumnType } from 'antd';
import { useState, type MouseEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { saveFile, toCsv } from './csv';
import { Loading } from './Loading';
import { hasOwnClick } from './ownClick';
import { RowCards } from './RowCards';
import { Trouble } from './Trouble';
import { useMedia } from './useMedia';
import './table.css';

/** Below this width (px) a table would scroll sideways: its rows become cards. */
const NARROW = 700;

export interface Column<T> {
  key: string;
  title: string;
  /** What the cell shows. */
  render: (row: T) => ReactNode;
  /** What an export writes; columns without it are not exported. */
  plain?: (row: T) => string | number | null | undefined;
  numeric?: boolean;
  width?: number;
  /** Stays at the left while the rest scrolls. */
  fixed?: boolean;
  /** Cannot be hidden. */
  always?: boolean;
  sort?: (a: T, b: T) => number;
}

/** What a table shows, as far as it has come: what `useList` gives, or rows that are there already. */
export interface Rows<T> {
  items: T[];
  loading?: boolean;
  error?: unknown;
  retry?: () => void;
  /** More of them are to be had. */
  hasMore?: boolean;
  loadingMore?: boolean;
  loadMore?: () => void;
}

interface Props<T> {
  /** Names the table for the memory of its columns and for its export. */
  name: string;
  label: string;
  columns: Column<T>[];
  list: Rows<T>;
  rowKey: (row: T) => string;
  /** Shown instead of a table without rows. */
  empty: ReactNode;
  /** Address of the server's export; without it the rows shown are exported. */
  exportHref?: string;
  onRow?: (row: T) => void;
  /** Key of the row that stands open beside the table. */
  chosen?: string | null;
  /** The table lies in a drawer or dialog, whose own scrolling a fixed header would fight. */
  inside?: boolean;
}

function useHidden(name: string) {
  const key = `kexun.columns.${name}`;
  const [hidden, setHidden] = useState<string[]>(() => {
    const stored = localStorage.getItem(key);
    return stored ? stored.split(',') : [];
  });
  const change = (next: string[]) => {
    setHidden(next);
    if (next.length > 0) localStorage.setItem(key, next.join(','));
    else localStorage.removeItem(key);
  };
  return [hidden, change] as const;
}

/** A table that keeps its header, remembers its columns and exports what it shows; cards on a phone, without the tools of a desk. */
export function DataTable<T extends object>(props: Props<T>) {
  const { t } = useTranslation();
  const { name, columns, list } = props;
  const rows = list.items;
  const [hidden, setHidden] = useHidden(name);
  const narrow = useMedia(`(max-width: ${NARROW - 1}px)`);
  if (list.error && rows.length === 0) return <Trouble error={list.error} {...(list.retry ? { onRetry: list.retry } : {})} />;
  if (list.loading) return <Loading rows={8} />;
  if (rows.length === 0) return <>{props.empty}</>;

  const shown = columns.filter((column) => column.always || !hidden.includes(column.key));
  const heading = headingOf(shown);
  return (
    <section className="table" aria-label={props.label}>
      {narrow ? (
        <RowCards<T> columns={shown} heading={heading} rows={rows} rowKey={props.rowKey} onRow={props.onRow} chosen={props.chosen} />
      ) : (
        <Table<T>
          size="middle"
          rowKey={props.rowKey}
          columns={shown.map((column) => antColumn(column, column === heading))}
          dataSource={rows}
          pagination={false}
          sticky={props.inside ? false : { offsetHeader: 56 }}
          scroll={{ x: 'max-content' }}
          rowClassName={(row) => (props.chosen === props.rowKey(row) ? 'table-chosen' : '')}
          {...(props.onRow ? { onRow: (row: T) => ({ onClick: (event: MouseEvent) => !hasOwnClick(event) && props.onRow?.(row), className: 'table-open' }) } : {})}
        />
      )}
      {Boolean(list.error) && <Trouble error={list.error} {...(list.retry ? { onRetry: list.retry } : {})} />}
      <footer className="table-foot">
        <span className="k-faint k-small">{list.hasMore ? t('table.shown', { count: rows.length }) : t('table.all', { count: rows.length })}</span>
        {list.hasMore && (
          <Button size="small" loading={list.loadingMore ?? false} onClick={list.loadMore}>
            {t('table.more')}
          </Button>
        )}
        {!narrow && (
          <span className="table-tools">
            <ColumnMenu columns={columns} hidden={hidden} onChange={setHidden} />
            <Export name={name} columns={shown} rows={rows} exportHref={props.exportHref} part={list.hasMore ?? false} />
          </span>
        )}
      </footer>
    </section>
  );
}

/** The column that says what a row is about. */
const headingOf = <T,>(columns: Column<T>[]) => columns.find(({ always }) => always) ?? columns[0];

function antColumn<T>(column: Column<T>, heading: boolean): TableColumnType<T> {
  return {
    // The sticky head is a table of its own: each row names itself, so that a cell is never without a header.
    ...(heading ? { rowScope: 'row' as const } : {}),
    key: column.key,
    title: column.title,
    render: (_value, row) => <div className="table-cell">{column.render(row)}</div>,
    className: column.numeric ? 'k-num' : '',
    ...(column.width ? { width: column.width } : {}),
    ...(column.fixed ? { fixed: 'left' as const } : {}),
    ...(column.sort ? { sorter: column.sort, showSorterTooltip: false } : {}),
  };
}

function ColumnMenu<T>({ columns, hidden, onChange }: { columns: Column<T>[]; hidden: string[]; onChange: (hidden: string[]) => void }) {
  const { t } = useTranslation();
  const menu = (
    <Checkbox.Group
      className="k-stack-tight"
      value={columns.map((column) => column.key).filter((key) => !hidden.includes(key))}
      options={columns.map((column) => ({ value: column.key, label: column.title, disabled: column.always ?? false }))}
      onChange={(kept) => onChange(columns.map((column) => column.key).filter((key) => !kept.includes(key)))}
    />
  );
  return (
    <Popover content={menu} trigger="click" placement="topRight">
      <Button type="text" size="small" icon={<SettingOutlined aria-hidden />}>
        {t('table.columns')}
      </Button>
    </Popover>
  );
}

interface ExportProps<T> {
  name: string;
  columns: Column<T>[];
  rows: T[];
  exportHref: string | undefined;
  /** There are more rows than are shown. */
  part: boolean;
}

/** What it says is what it gives: all that the server has, all rows, or those shown so far. */
function Export<T extends object>({ name, columns, rows, exportHref, part }: ExportProps<T>) {
  const { t } = useTranslation();
  const plain = columns.filter((column) => column.plain);
  if (!exportHref && plain.length === 0) return null;
  const save = () => {
    const head = plain.map((column) => column.title);
    saveFile(`${name}.csv`, toCsv([head, ...rows.map((row) => plain.map((column) => column.plain?.(row)))]));
  };
  return (
    <Button type="text" size="small" icon={<DownloadOutlined aria-hidden />} {...(exportHref ? { href: exportHref, download: '' } : { onClick: save })}>
      {exportHref ? t('table.exportAll') : part ? t('table.exportShown', { count: rows.length }) : t('table.export')}
    </Button>
  );
}
