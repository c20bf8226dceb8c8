/**
 * Every colour, measure and font of the program, for light and dark. Components take no
 * colour of their own: they use Ant Design's tokens or the CSS variables made here (`--k-…`).
 * What is read as text has a contrast of at least 4.5 to 1 on every background it lies on.
 */
export type Mode = 'light' | 'dark';

interface Palette {
  /** Background of the page. */
  paper: string;
  /** Background of what lies on the page: cards, drawers, menus. */
  surface: string;
  /** Slightly set off from the surface: table heads, customer bubbles. */
  sunken: string;
  ink: string;
  inkSoft: string;
  inkFaint: string;
  line: string;
  primary: string;
  /** Primary as a background tint: the chosen row, agent bubbles. */
  primaryWash: string;
  /** Words on the primary colour. */
  onPrimary: string;
  /** Only for what is urgent or wrong: marks. Words take the ink of that name, here and below. */
  urgent: string;
  urgentInk: string;
  urgentWash: string;
  /** Due soon. */
  soon: string;
  soonInk: string;
  soonWash: string;
  /** Only for "done". */
  done: string;
  doneInk: string;
  doneWash: string;
  shadow: string;
}

const palettes: Record<Mode, Palette> = {
  light: {
    paper: '#FAFAF7',
    surface: '#FFFFFF',
    sunken: '#F3F3EE',
    ink: '#1B2733',
    inkSoft: '#4C5A66',
    inkFaint: '#616C76',
    line: '#E2E2DA',
    primary: '#1F6F78',
    primaryWash: '#E4F0F0',
    onPrimary: '#FFFFFF',
    urgent: '#C8452D',
    urgentInk: '#B93C26',
    urgentWash: '#FBEAE6',
    soon: '#B7791F',
    soonInk: '#8F5E14',
    soonWash: '#FAF0DF',
    done: '#3E7D4F',
    doneInk: '#377048',
    doneWash: '#E7F1E9',
    shadow: '0 4px 16px rgba(27, 39, 51, 0.12)',
  },
  dark: {
    paper: '#14191E',
    surface: '#1B2228',
    sunken: '#222B32',
    ink: '#E6E9E8',
    inkSoft: '#B4BDC2',
    inkFaint: '#99A4AB',
    line: '#313B43',
    primary: '#4FA9B3',
    primaryWash: '#1B3338',
    onPrimary: '#14191E',
    urgent: '#E8745D',
    urgentInk: '#EC8470',
    urgentWash: '#43241D',
    soon: '#D9A24A',
    soonInk: '#D9A24A',
    soonWash: '#3D301A',
    done: '#6FB583',
    doneInk: '#6FB583',
    doneWash: '#1F3626',
    shadow: '0 4px 16px rgba(0, 0, 0, 0.5)',
  },
};

/** Six hues that stay apart for colour-blind eyes, from teal. */
const series: Record<Mode, readonly string[]> = {
  light: ['#1F6F78', '#C28A1E', '#5B6FB5', '#A5527A', '#6B8E3D', '#7A6A58'],
  dark: ['#4FA9B3', '#E0B35A', '#8FA0DE', '#D184A8', '#9CC06E', '#B3A28F'],
};

export const fontFamily =
  '"PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", system-ui, -apple-system, "Segoe UI", sans-serif';

/** Width from which the navigation stands beside the page (px). */
export const WIDE = 900;

export function palette(mode: Mode): Palette & { series: readonly string[] } {
  return { ...palettes[mode], series: series[mode] };
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);

/** Publishes the palette as CSS variables, so that style sheets follow the mode. */
export function applyTheme(mode: Mode): void {
  const root = document.documentElement;
  for (const [name, value] of Object.entries(palettes[mode])) root.style.setProperty(`--k-${kebab(name)}`, value);
  root.style.setProperty('--k-font', fontFamily);
  root.style.colorScheme = mode;
  root.dataset.mode = mode;
}
