import { Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { daysIn } from '@/app/address';
import { usePlace, useScope } from '@/app/session';
import { pick } from '@/i18n';
import type { Definition, Per } from '@/api/types';
import TimeChart, { type Line } from '@/components/charts/TimeChart';
import { useDefinitions } from '@/components/definitions';
import { Loading } from '@/components/Loading';
import { Trouble } from '@/components/Trouble';
import { useFigures, useTargets, useView, type Row } from './queries';

/** Days for a month and a half, else weeks. */
const stepFor = (per: Per, days: number): Per => (per !== 'all' ? per : days <= 45 ? 'day' : 'week');

const NONE: Row[] = [];

/** One figure over time: the whole, and the rows picked in the table. */
export default function FiguresChart({ definitions }: { definitions: Definition[] }) {
  const { t } = useTranslation('figures');
  const { by, per, chartKey, picked, widest, set } = useView();
  const { from, to } = useScope();
  const { name } = useDefinitions();
  const targets = useTargets();
  const place = usePlace();
  const definition = definitions.find(({ key }) => key === chartKey) ?? definitions[0];
  const keys = useMemo(() => (definition ? [definition.key] : []), [definition]);
  const step = stepFor(per, daysIn(from, to));
  const whole = useFigures({ by: widest, per: step, keys });
  const rows = useFigures({ by, per: step, keys, enabled: by !== widest && picked !== null });
  const key = definition?.key ?? '';
  const drawn = useMemo(
    () => series(key, by === widest && picked ? whole.rows.filter(({ id }) => picked.includes(id ?? '')) : whole.rows, by === widest ? NONE : rows.rows, picked, widest === 'agent' ? null : place.name),
    [key, whole.rows, rows.rows, by, picked, widest, place.name],
  );
  if (whole.error) return <Trouble error={whole.error} onRetry={whole.retry} />;
  // An empty frame says less than the table's own word for it.
  if (!definition || (!whole.loading && whole.rows.every(({ values }) => Object.values(values).every((cell) => cell?.value === null || cell?.value === undefined)))) return null;
  return (
    <section className="k-panel k-stack-tight">
      <div className="k-row">
        <Select aria-label={t('chart.figure')} value={key} options={definitions.map((one) => ({ value: one.key, label: name(one.key) }))} onChange={(value) => set({ figure: value })} style={{ minWidth: 200 }} />
        <span className="k-faint k-small">{pick(definition.about)}</span>
      </div>
      {whole.loading ? (
        <Loading rows={6} />
      ) : (
        <TimeChart label={t('chart.label', { name: name(key) })} steps={drawn.steps} lines={drawn.lines} unit={definition.unit} target={targets.inForce(key)} />
      )}
      {definition.source && <p className="k-faint k-small">{pick(definition.source)}</p>}
    </section>
  );
}

function series(key: string, whole: Row[], rows: Row[], picked: string[] | null, wholeName: string | null): { steps: string[]; lines: Line[] } {
  const steps = [...new Set([...whole, ...rows].map((row) => row.from))].sort();
  const line = (name: string, of: Row[]): Line => {
    const byStep = new Map(of.map((row) => [row.from, row.values[key]?.value ?? null]));
    return { name, values: steps.map((step) => byStep.get(step) ?? null) };
  };
  const wholes = [...new Set(whole.map((row) => row.id))];
  const lines = wholes.map((id) => {
    const own = whole.filter((row) => row.id === id);
    return line((wholes.length === 1 && wholeName) || (own[0]?.name ?? ''), own);
  });
  for (const id of picked ?? []) {
    const own = rows.filter((row) => row.id === id);
    if (own[0]) lines.push(line(own[0].name ?? '', own));
  }
  return { steps, lines };
}
