import { useMemo } from 'react';
import type { Unit } from '@/api/types';
import { useFormat } from '../format';
import { useMedia } from '../useMedia';
import EChart from './EChart';
import { secondsAxis } from './secondsAxis';
import { tooltip, type Point } from './tooltip';
import { useChartBase } from './useChartBase';

export interface Line {
  name: string;
  values: (number | null)[];
}

interface Props {
  label: string;
  /** First days of the steps. */
  steps: string[];
  /** The first six are drawn: more hues than that cannot be told apart. */
  lines: Line[];
  unit: Unit;
  target?: number | null;
}

const MOST = 6;
/** Most room for a name at the end of its line (px). */
const LABEL = 128;

/** On a phone the lines have no room for their names: these stand above, underlined in the lines' colours. */
function Names({ names, colours }: { names: string[]; colours: readonly string[] }) {
  return (
    <div className="k-row k-small">
      {names.map((name, at) => (
        <span key={name} className="chart-name" style={{ borderColor: colours[at] }}>
          {name}
        </span>
      ))}
    </div>
  );
}

/** Lines over time, from zero, named at their ends instead of in a legend. */
export default function TimeChart({ label, steps, lines, unit, target = null }: Props) {
  const { colours, axis, base } = useChartBase();
  const { figure, day } = useFormat();
  const wide = useMedia('(min-width: 640px)');
  const option = useMemo(() => {
    const shown = lines.slice(0, MOST);
    const room = Math.min(LABEL, Math.max(...shown.map((line) => line.name.length * 13), 24));
    const drawn = shown.map((line) => ({
      type: 'line' as const,
      name: line.name,
      data: line.values,
      showSymbol: steps.length < 40,
      symbolSize: 5,
      connectNulls: false,
      endLabel: { show: wide, formatter: '{a}', color: 'inherit', fontSize: 12, width: room, overflow: 'truncate' as const },
      labelLayout: { moveOverlap: 'shiftY' as const },
    }));
    const top = Math.max(...drawn.flatMap((line) => line.data.map((value) => value ?? 0)), target ?? 0);
    const goal = target === null ? [] : [
      {
        type: 'line' as const,
        name: 'target',
        data: steps.map(() => target),
        showSymbol: false,
        silent: true,
        tooltip: { show: false },
        lineStyle: { type: 'dashed' as const, width: 1, color: colours.soon },
      },
    ];
    return {
      ...base,
      grid: { left: 8, right: wide ? room + 12 : 12, top: 16, bottom: 8, containLabel: true },
      tooltip: { ...base.tooltip, trigger: 'axis', formatter: (points: Point[]) => tooltip(points, (value) => figure(value, unit)) },
      xAxis: { ...axis, type: 'category', data: steps.map(day), boundaryGap: false, splitLine: { show: false } },
      yAxis: { ...axis, type: 'value', min: 0, ...secondsAxis(unit, top), axisLabel: { ...axis.axisLabel, formatter: (value: number) => figure(value, unit) } },
      series: [...drawn, ...goal],
    };
  }, [axis, base, colours, day, figure, lines, steps, target, unit, wide]);
  return (
    <>
      {!wide && <Names names={lines.slice(0, MOST).map((line) => line.name)} colours={colours.series} />}
      <EChart option={option} label={label} />
    </>
  );
}
