import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Evaluation } from '@/api/types';
import EChart from '@/components/charts/EChart';
import { useChartBase } from '@/components/charts/useChartBase';
import { axisOver } from './scale';
import { useEffectFormat } from './useEffectFormat';

/** The difference of both groups by weeks from the training, against the last week before: does it last? */
export default function SinceChart({ evaluation }: { evaluation: Evaluation }) {
  const { t } = useTranslation('evaluation');
  const { colours, axis, base } = useChartBase();
  const { difference, range } = useEffectFormat();
  const { since } = evaluation.outcome;
  const { unit } = evaluation.figure;
  const option = useMemo(() => {
    const points = [...since, { week: -1, effect: 0, low: 0, high: 0, people: 0 }].sort((a, b) => a.week - b.week);
    const y = axisOver(unit, points.flatMap(({ low, high }) => [low, high]), { least: -Infinity, most: Infinity });
    const hidden = { type: 'line' as const, silent: true, showSymbol: false, lineStyle: { opacity: 0 }, stack: 'band', stackStrategy: 'all' as const, tooltip: { show: false } };
    const rule = (data: number[][], dashed: boolean) => ({
      type: 'line' as const,
      silent: true,
      showSymbol: false,
      data,
      lineStyle: { color: dashed ? colours.inkFaint : colours.ink, width: 1, type: dashed ? ('dashed' as const) : ('solid' as const) },
    });
    const first = points[0]?.week ?? -1;
    const last = points.at(-1)?.week ?? 0;
    return {
      ...base,
      grid: { left: 8, right: 12, top: 16, bottom: 24, containLabel: true },
      tooltip: {
        ...base.tooltip,
        trigger: 'axis',
        formatter: (at: { axisValue: number }[]) => {
          const point = since.find(({ week }) => week === at[0]?.axisValue);
          if (!point) return t('since.reference');
          return `${t('since.week', { count: point.week })}<br>${difference(point.effect, unit, point.high - point.low)} (${range(point.low, point.high, unit)}) · ${t('since.people', { count: point.people })}`;
        },
      },
      xAxis: { ...axis, type: 'value', min: first, max: last, minInterval: 1, name: t('since.axis'), nameLocation: 'middle', nameGap: 26, splitLine: { show: false } },
      // Its own line would stand at week 0, beside the training's.
      yAxis: { ...axis, axisLine: { show: false }, type: 'value', ...y, axisLabel: { ...axis.axisLabel, formatter: (value: number) => difference(value, unit, y.max - y.min) } },
      series: [
        { ...hidden, data: points.map(({ week, low }) => [week, low]) },
        { ...hidden, data: points.map(({ week, low, high }) => [week, high - low]), areaStyle: { color: colours.primary, opacity: 0.18 } },
        { type: 'line' as const, data: points.map(({ week, effect }) => [week, effect]), symbolSize: 6, itemStyle: { color: colours.primary }, lineStyle: { color: colours.primary, width: 2 } },
        rule([[first, 0], [last, 0]], true),
        rule([[-0.5, y.min], [-0.5, y.max]], false),
      ],
    };
  }, [axis, base, colours, difference, range, since, t, unit]);
  return <EChart option={option} label={t('since.label')} height={240} />;
}
