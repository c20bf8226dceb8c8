import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Evaluation } from '@/api/types';
import EChart from '@/components/charts/EChart';
import { useChartBase } from '@/components/charts/useChartBase';
import { useFormat } from '@/components/format';
import { useMedia } from '@/components/useMedia';
import { axisOver } from './scale';

interface Props {
  evaluation: Evaluation;
  /** Opens what lies behind a week. */
  onPick?: (week: Evaluation['outcome']['weeks'][number]) => void;
}

/** Both groups week by week, with the training as a line between. */
export default function GroupsChart({ evaluation, onPick }: Props) {
  const { t } = useTranslation('evaluation');
  const { colours, axis, base } = useChartBase();
  const { figure, day, count } = useFormat();
  const wide = useMedia('(min-width: 640px)');
  const { outcome } = evaluation;
  const { unit } = evaluation.figure;
  const { weeks } = outcome;
  // Where nothing has come after the training they would stand on its line: then the names stand above.
  const direct = wide && weeks.some(({ week, trained, controls }) => week >= 0 && trained.value !== null && controls.value !== null);
  const option = useMemo(() => {
    const values = weeks.flatMap(({ trained, controls }) => [trained.value, controls.value]).filter((value) => value !== null);
    const y = axisOver(unit, values.length > 0 ? values : [0, 1], { least: 0, most: unit === 'share' ? 1 : Infinity });
    const line = (group: 'trained' | 'controls', colour: string) => ({
      type: 'line' as const,
      name: t(`group.${group}`),
      data: weeks.map((week) => [week.week, week[group].value]),
      symbolSize: 6,
      itemStyle: { color: colour },
      lineStyle: { color: colour, width: 2, type: group === 'controls' ? ('dashed' as const) : ('solid' as const) },
      endLabel: { show: direct, formatter: '{a}', color: 'inherit', fontSize: 12 },
      labelLayout: { moveOverlap: 'shiftY' as const },
    });
    const first = weeks[0]?.week ?? 0;
    // Room for the training's line even where it is the last thing known.
    const last = Math.max(weeks.at(-1)?.week ?? 0, 0);
    const between = (at: number) => weeks.find(({ week }) => week === at);
    return {
      ...base,
      grid: { left: 8, right: direct ? 72 : 24, top: 28, bottom: 8, containLabel: true },
      tooltip: {
        ...base.tooltip,
        trigger: 'axis',
        formatter: (points: { axisValue: number }[]) => {
          const week = between(points[0]?.axisValue ?? NaN);
          if (!week) return '';
          const told = (group: 'trained' | 'controls') => `${t(`group.${group}`)} ${figure(week[group].value, unit, week[group].n)} · ${t('of', { people: week[group].people, cases: count(week[group].n) })}`;
          return `${day(week.from)} – ${day(week.to)}<br>${told('trained')}<br>${told('controls')}`;
        },
      },
      xAxis: {
        ...axis,
        type: 'value',
        min: first,
        max: last,
        interval: Math.max(1, Math.ceil((last - first) / (wide ? 8 : 4))),
        splitLine: { show: false },
        axisLabel: { ...axis.axisLabel, formatter: (value: number) => (between(value) ? day(between(value)?.from ?? '') : '') },
      },
      // Its own line would stand at week 0, beside the training's.
      yAxis: { ...axis, axisLine: { show: false }, type: 'value', ...y, axisLabel: { ...axis.axisLabel, formatter: (value: number) => figure(value, unit) } },
      series: [
        line('trained', colours.series[0] ?? colours.primary),
        line('controls', colours.inkFaint),
        {
          // Between the last week before and the first one after.
          type: 'line' as const,
          silent: true,
          showSymbol: false,
          tooltip: { show: false },
          data: [[-0.5, y.min], [-0.5, y.max]],
          lineStyle: { color: colours.ink, width: 1 },
          endLabel: { show: true, formatter: t('training'), color: colours.ink, fontSize: 12, offset: [-14, -10] },
        },
      ],
    };
  }, [axis, base, colours, count, day, direct, figure, t, unit, weeks, wide]);
  return (
    <>
      {!direct && (
        <div className="k-row k-small">
          <span style={{ color: colours.series[0] }}>{t('group.trained')}</span>
          <span style={{ color: colours.inkFaint }}>{t('group.controls')}</span>
        </div>
      )}
      <EChart
        option={option}
        label={t('groups.label')}
        onPick={(series, at) => {
          const week = series < 2 ? weeks[at] : undefined;
          if (week) onPick?.(week);
        }}
      />
    </>
  );
}
