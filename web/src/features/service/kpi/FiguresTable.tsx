import { LineChartOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, usePlace, useRight, useScope } from '@/app/session';
import type { Definition } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { useDefinitions } from '@/components/definitions';
import { Delta } from '@/components/Delta';
import { EmptyState } from '@/components/EmptyState';
import { useEvidence } from '@/components/evidence/address';
import { FigureLink } from '@/components/FigureLink';
import { useFormat } from '@/components/format';
import { Go } from '@/components/Go';
import { useByName, useFigures, useTargets, useView, type Row } from './queries';

/** One row a scope (and step), one column a figure; every figure opens its conversations. */
export function FiguresTable({ definitions }: { definitions: Definition[] }) {
  const { t } = useTranslation('figures');
  const { by, per, compare, widest } = useView();
  const keys = useMemo(() => definitions.map((definition) => definition.key), [definitions]);
  const figures = useFigures({ by, per, keys });
  const before = useFigures({ by, per: 'all', keys, before: true, enabled: compare === 'before' && per === 'all' });
  const whole = useFigures({ by: widest, per: 'all', keys, enabled: compare === 'peers' });
  // Several wholes do not add up to one.
  const wholeRow = whole.rows.length === 1 ? whole.rows[0] : undefined;

  const reference = (row: Row, key: string): number | null | undefined => {
    if (compare === 'none' || (compare === 'before' && per !== 'all')) return undefined;
    const other = compare === 'peers' ? wholeRow : before.rows.find((one) => one.id === row.id && one.name === row.name);
    return other?.values[key]?.value ?? null;
  };
  const columns = useColumns(definitions, reference);
  return (
    <DataTable<Row>
      name={`figures-${by}`}
      label={t('title')}
      columns={columns}
      list={{ ...figures, items: figures.rows }}
      rowKey={(row) => `${row.id ?? row.name ?? ''}-${row.from}`}
      empty={<NoFigures />}
    />
  );
}

function NoFigures() {
  const { t } = useTranslation('figures');
  const mayImport = useRight('import:write');
  return (
    <EmptyState title={t('empty.title')} text={mayImport ? t('empty.text') : t('empty.textReader')}>
      {mayImport && <Go to="/imports">{t('empty.button')}</Go>}
    </EmptyState>
  );
}

function useColumns(definitions: Definition[], reference: (row: Row, key: string) => number | null | undefined): Column<Row>[] {
  const { t } = useTranslation('figures');
  const { by, per, compare } = useView();
  const byName = useByName();
  const { name } = useDefinitions();
  const { figure, day } = useFormat();
  const targets = useTargets();
  const { shop, team } = useScope();
  const me = useMe();
  const place = usePlace();
  const { mayRead, open } = useEvidence();
  const label = (row: Row) => row.name ?? (by === 'tenant' ? place.name : t('unknown'));
  const scopeOf = (row: Row) => ({ shop: by === 'shop' ? row.id : shop, team: by === 'team' ? row.id : team, agent: by === 'agent' ? row.id : null });

  // A merchant's conversations are read in the merchant.
  const tenantOf = (row: Row) => (row.tenant !== null && row.tenant !== me.tenant.slug ? row.tenant : null);

  const first: Column<Row>[] = [
    { key: 'name', title: byName(by), always: true, fixed: true, render: (row) => <Name row={row} label={label(row)} />, plain: label, sort: (a, b) => label(a).localeCompare(label(b)) },
  ];
  if (per !== 'all') first.push({ key: 'from', title: t('period'), render: (row) => (row.from === row.to ? day(row.from) : `${day(row.from)} – ${day(row.to)}`), plain: (row) => row.from, sort: (a, b) => a.from.localeCompare(b.from) });
  return first.concat(
    definitions.map(({ key, unit, better }): Column<Row> => {
      const target = targets.inForce(key);
      const title = target === null ? name(key) : `${name(key)} (${t('targets.short', { value: figure(target, unit) })})`;
      return {
        key,
        title,
        numeric: true,
        sort: (a, b) => (a.values[key]?.value ?? -1) - (b.values[key]?.value ?? -1),
        plain: (row) => row.values[key]?.value,
        render: (row) => {
          const value = row.values[key];
          const other = reference(row, key);
          return (
            <>
              <FigureLink
                value={value}
                unit={unit}
                label={`${label(row)}, ${name(key)}`}
                // Messages of no known agent cannot be asked for: there is nothing to name them by.
                onOpen={
                  !mayRead || (by === 'agent' && row.id === null)
                    ? undefined
                    : () => open({ key, from: row.from, to: row.to, ...scopeOf(row), miss: unit !== 'count', title: `${label(row)} · ${name(key)}` }, tenantOf(row))
                }
              />
              {other !== undefined && value?.value !== null && value !== undefined && (
                <div>
                  {compare === 'peers' ? (
                    <span className="k-faint k-small">{t('compare.whole', { value: figure(other, unit, value.n) })}</span>
                  ) : (
                    <Delta value={value.value} previous={other} shape={{ unit, better }} />
                  )}
                </div>
              )}
            </>
          );
        },
      };
    }),
  );
}

/** The row's name, with the switch that draws it into the chart. */
function Name({ row, label }: { row: Row; label: string }) {
  const { t } = useTranslation('figures');
  const { by, picked, set } = useView();
  const marketplace = useMe().tenant.kind === 'marketplace';
  if ((by === 'tenant' && !marketplace) || row.id === null) return label;
  const drawn = picked?.includes(row.id) ?? false;
  const toggle = () => {
    const next = drawn ? (picked ?? []).filter((id) => id !== row.id) : [...(picked ?? []), row.id].slice(-5);
    set({ rows: next.join(',') });
  };
  return (
    <span className="k-row" style={{ flexWrap: 'nowrap' }}>
      <Tooltip title={drawn ? t('chart.remove') : t('chart.add')}>
        <Button type={drawn ? 'primary' : 'text'} size="small" icon={<LineChartOutlined aria-hidden />} aria-pressed={drawn} aria-label={t('chart.toggle', { name: label })} onClick={toggle} />
      </Tooltip>
      {label}
    </span>
  );
}
