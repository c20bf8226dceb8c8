import { useMemo } from 'react';
import type { Unit } from '@/api/types';
import { useFormat } from '../format';
import EChart from './EChart';
import { secondsAxis } from './secondsAxis';
import { useChartBase } from './useChartBase';

export interface Line {
  name: string;
  values: (number | null)[];
}

interface Props {
  label: string;
  /** First days of the steps. */
  steps: string[];
  /** At most six are drawn: more hues than that cannot be told apart. */
  lines: Line[];
  unit: Unit;
  target?: number | null;
}

/** Lines over time, from zero, named at their ends instead of in a legend. */
export default function TimeChart({ label, steps, lines, unit, target = null }: Props) {
  const { colours, axis, base } = useChartBase();
  const { figure, day } = useFormat();
  const option = useMemo(() => {
    const drawn = lines.slice(0, 6).map((line) => ({
      type: 'line' as const,
      name: line.name,
      data: line.values,
      showSymbol: steps.length < 40,
      symbolSize: 5,
      connectNulls: false,
      endLabel: { show: true, formatter: '{a}', color: 'inherit', fontSize: 12, width: 88, overflow: 'truncate' as const },
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
      grid: { left: 8, right: 96, top: 16, bottom: 8, containLabel: true },
      tooltip: { ...base.tooltip, trigger: 'axis', valueFormatter: (value: unknown) => figure(typeof value === 'number' ? value : null, unit) },
      xAxis: { ...axis, type: 'category', data: steps.map(day), boundaryGap: false, splitLine: { show: false } },
      yAxis: { ...axis, type: 'value', min: 0, ...secondsAxis(unit, top), axisLabel: { ...axis.axisLabel, formatter: (value: number) => figure(value, unit) } },
      series: [...drawn, ...goal],
    };
  }, [axis, base, colours, day, figure, lines, steps, target, unit]);
  return <EChart option={option} label={label} />;
}
