import type { Column } from './DataTable';
import { hasOwnClick } from './ownClick';
import './row-cards.css';

interface Props<T> {
  columns: Column<T>[];
  /** The column that heads each card. */
  heading: Column<T> | undefined;
  rows: T[];
  rowKey: (row: T) => string;
  onRow?: ((row: T) => void) | undefined;
  chosen?: string | null | undefined;
}

/** Rows of a table on a phone: the column that is always there heads a card, the others stand below it by name. */
export function RowCards<T>({ columns, heading, rows, rowKey, onRow, chosen }: Props<T>) {
  const others = columns.filter((column) => column !== heading);
  return (
    <ul className="row-cards">
      {rows.map((row) => (
        <li
          key={rowKey(row)}
          className={onRow ? 'row-card table-open' : 'row-card'}
          data-chosen={chosen === rowKey(row) || undefined}
          onClick={(event) => !hasOwnClick(event) && onRow?.(row)}
        >
          <div className="row-card-head">{heading?.render(row)}</div>
          <dl>
            {others.map((column) => {
              const value = column.render(row);
              // What is not there needs no line.
              if (value === null || value === undefined || value === false || value === '' || value === '—') return null;
              return (
                <div key={column.key} data-numeric={column.numeric || undefined}>
                  <dt>{column.title}</dt>
                  <dd>{value}</dd>
                </div>
              );
            })}
          </dl>
        </li>
      ))}
    </ul>
  );
}
