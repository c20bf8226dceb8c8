import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Funnel, Unit } from '@/api/types';
import { useFormat } from '../format';
import { personOf } from '../names';
import EChart from './EChart';
import { secondsAxis } from './secondsAxis';
import { useChartBase } from './useChartBase';

interface Props {
  funnel: Funnel;
  unit: Unit;
  label: string;
  /** Words for the axes and bands. */
  words: { cases: string; band95: string; band998: string };
  onPick: (agent: Funnel['points'][number]['agent']) => void;
}

/** Everybody's value over the number of cases, with the limits that chance alone would keep to. */
export default function FunnelPlot({ funnel, unit, label, words, onPick }: Props) {
  const { colours, axis, base } = useChartBase();
  const { figure } = useFormat();
  const { t } = useTranslation();
  const option = useMemo(() => {
    // The points decide what is seen: at a handful of cases the limits reach everywhere.
    const values = [...funnel.points.map((point) => point.value), ...(funnel.centre === null ? [] : [funnel.centre])];
    const margin = (Math.max(...values) - Math.min(...values) || Math.max(...values) || 1) * 0.4;
    const bottom = Math.max(0, Math.min(...values) - margin);
    const top = Math.min(unit === 'share' ? 1 : Infinity, Math.max(...values) + margin);
    const most = roundUp(Math.max(...funnel.points.map((point) => point.n), ...funnel.limits.map((row) => row.n), 1));
    const limit = (key: 'low95' | 'high95' | 'low998' | 'high998', dashed: boolean, name?: string) => ({
      type: 'line' as const,
      data: inView(funnel.limits.map((row) => [row.n, row[key]] as const), bottom, top),
      showSymbol: false,
      silent: true,
      lineStyle: { width: 1, color: colours.inkFaint, type: dashed ? ('dashed' as const) : ('solid' as const) },
      ...(name ? { endLabel: { show: true, formatter: name, color: colours.inkFaint, fontSize: 11 } } : {}),
    });
    return {
      ...base,
      grid: { left: 8, right: 48, top: 16, bottom: 24, containLabel: true },
      tooltip: {
        ...base.tooltip,
        trigger: 'item',
        formatter: ({ dataIndex, seriesIndex }: { dataIndex: number; seriesIndex: number }) => {
          const point = seriesIndex === 0 ? funnel.points[dataIndex] : undefined;
          // ECharts inserts this as HTML: the name is somebody's own text.
          return point ? `${escapeHtml(point.agent.name)}<br>${figure(point.figure, unit, point.n)} · ${t('cases', { count: point.n })}` : '';
        },
      },
      xAxis: { ...axis, type: 'value', min: 0, max: most, name: words.cases, nameLocation: 'middle', nameGap: 26, splitLine: { show: false } },
      yAxis: { ...axis, type: 'value', min: bottom, max: top, ...funnelSteps(unit, bottom, top), axisLabel: { ...axis.axisLabel, formatter: (value: number) => figure(value, unit) } },
      series: [
        {
          type: 'scatter' as const,
          symbolSize: 10,
          data: funnel.points.map((point) => ({
            value: [point.n, point.value],
            itemStyle: { color: point.verdict === 'weak' ? colours.urgent : colours.primary, opacity: point.verdict === 'too_few' ? 0.35 : 0.9 },
            label: { show: point.verdict === 'weak', formatter: personOf(point.agent.name), position: point.n > most * 0.7 ? ('left' as const) : ('right' as const), color: colours.ink, fontSize: 12, backgroundColor: colours.surface, padding: [0, 4] },
          })),
          labelLayout: { hideOverlap: false, moveOverlap: 'shiftY' as const },
        },
        limit('low95', true),
        limit('high95', true, words.band95),
        limit('low998', false),
        limit('high998', false, words.band998),
        {
          type: 'line' as const,
          silent: true,
          showSymbol: false,
          data: funnel.centre === null ? [] : [0, most].map((n) => [n, funnel.centre]),
          lineStyle: { width: 1, color: colours.primary },
        },
      ],
    };
  }, [axis, base, colours, figure, funnel, t, unit, words]);
  return (
    <EChart
      option={option}
      label={label}
      height={340}
      onPick={(series, at) => {
        const point = series === 0 ? funnel.points[at] : undefined;
        if (point) onPick(point.agent);
      }}
    />
  );
}

/** Where a limit first comes into the picture and stays: at few cases it jumps with every case. */
function inView(limit: (readonly [number, number])[], bottom: number, top: number) {
  const outside = limit.map(([, value]) => value < bottom || value > top);
  return limit.slice(outside.lastIndexOf(true) + 1);
}

/** The next round number, so that the last label of the axis does not crowd the one before. */
function roundUp(most: number): number {
  const unit = 10 ** Math.floor(Math.log10(most));
  return ([1, 1.2, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8].find((times) => times * unit >= most) ?? 10) * unit;
}

/** Ends on values that people say: whole steps of seconds, whole per cent. */
function funnelSteps(unit: Unit, bottom: number, top: number) {
  if (unit === 'seconds') {
    const { interval = 1 } = secondsAxis(unit, top - bottom);
    return { interval, min: Math.floor(bottom / interval) * interval, max: Math.ceil(top / interval) * interval };
  }
  if (unit !== 'share') return {};
  const interval = [0.01, 0.02, 0.05, 0.1, 0.2].find((step) => (top - bottom) / step <= 6) ?? 0.2;
  return { interval, min: Math.floor(bottom / interval + 1e-9) * interval, max: Math.min(1, Math.ceil(top / interval - 1e-9) * interval) };
}

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);
