import { useMemo } from 'react';
import { useMode } from '@/app/preferences';
import { fontFamily, palette } from '@/app/theme';

/** What all charts share: calm axes in the mode's colours, no motion. */
export function useChartBase() {
  const mode = useMode();
  return useMemo(() => {
    const colours = palette(mode);
    const axis = {
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
      axisLabel: { color: colours.inkFaint, fontSize: 12 },
      splitLine: { lineStyle: { color: colours.line, opacity: 0.6 } },
      nameTextStyle: { color: colours.inkFaint },
    };
    const base = {
      color: [...colours.series],
      animation: false,
      textStyle: { fontFamily, color: colours.ink },
      tooltip: {
        backgroundColor: colours.surface,
        borderColor: colours.line,
        textStyle: { color: colours.ink, fontSize: 13 },
        confine: true,
      },
    };
    return { colours, axis, base };
  }, [mode]);
}
