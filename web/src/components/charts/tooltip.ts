import './tooltip.css';

/** A point of one line, as ECharts hands it to a formatter. */
export interface Point {
  seriesName?: string;
  color?: unknown;
  value?: unknown;
  axisValueLabel?: string;
}

/**
 * What stands beside the pointer: made of elements, not of HTML with styles in it, which the page's
 * Content-Security-Policy would not let apply.
 */
export function tooltip(points: Point[], figure: (value: number | null) => string): HTMLElement {
  const box = document.createElement('div');
  const title = document.createElement('div');
  title.textContent = points[0]?.axisValueLabel ?? '';
  box.append(title);
  for (const { seriesName, color, value } of points) {
    const row = document.createElement('div');
    row.className = 'k-chart-tip';
    const dot = document.createElement('i');
    if (typeof color === 'string') dot.style.background = color;
    const name = document.createElement('span');
    name.textContent = seriesName ?? '';
    const number = document.createElement('b');
    number.textContent = figure(typeof value === 'number' ? value : null);
    row.append(dot, name, number);
    box.append(row);
  }
  return box;
}
