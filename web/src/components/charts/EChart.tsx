/** ECharts, only the parts we use, drawn as SVG so that text stays sharp and selectable. */
import { LineChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use as register, type EChartsCoreOption } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

register([AriaComponent, GridComponent, LabelLayout, LineChart, ScatterChart, SVGRenderer, TooltipComponent]);

interface Props {
  option: EChartsCoreOption;
  /** What the chart shows, in words. */
  label: string;
  height?: number;
  onPick?: (seriesIndex: number, dataIndex: number) => void;
}

export default function EChart({ option, label, height = 280, onPick }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const pick = useRef(onPick);
  useEffect(() => {
    pick.current = onPick;
  }, [onPick]);

  useEffect(() => {
    if (!box.current) return undefined;
    const chart = init(box.current, undefined, { renderer: 'svg' });
    chart.setOption(option);
    chart.on('click', ({ seriesIndex, dataIndex }) => {
      if (seriesIndex !== undefined) pick.current?.(seriesIndex, dataIndex);
    });
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [option]);

  return <div ref={box} role="img" aria-label={label} style={{ width: '100%', height }} />;
}
