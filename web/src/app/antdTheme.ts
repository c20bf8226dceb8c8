/** The palette as tokens of Ant Design; apart from `theme.ts`, which the first page loads. */
import { theme as antd, type MappingAlgorithm, type ThemeConfig } from 'antd';
import { fontFamily, palette, type Mode } from './theme';

/** `touch` where fingers work it. */
export function antdTheme(mode: Mode, touch: boolean): ThemeConfig {
  const p = palette(mode);
  const chosen = {
    colorPrimary: p.primary,
    colorLink: p.primary,
    colorInfo: p.primary,
    colorError: p.urgentInk,
    colorWarning: p.soonInk,
    colorSuccess: p.doneInk,
  };
  // Ant Design darkens what it is given for the dark mode; ours are chosen for it already.
  const asChosen: MappingAlgorithm = (_seed, map) => ({ ...(map as ReturnType<MappingAlgorithm>), ...chosen });
  return {
    algorithm: [mode === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm, asChosen],
    token: {
      ...chosen,
      // The tints that Ant Design derives from these muted colours come out grey.
      colorInfoBg: p.primaryWash,
      colorInfoBorder: p.primaryWash,
      colorSuccessBg: p.doneWash,
      colorSuccessBorder: p.doneWash,
      colorWarningBg: p.soonWash,
      colorWarningBorder: p.soonWash,
      colorErrorBg: p.urgentWash,
      colorErrorBorder: p.urgentWash,
      colorText: p.ink,
      colorTextSecondary: p.inkSoft,
      colorTextTertiary: p.inkFaint,
      colorTextPlaceholder: p.inkFaint,
      colorTextLightSolid: p.onPrimary,
      colorBgLayout: p.paper,
      colorBgContainer: p.surface,
      colorBgElevated: p.surface,
      colorBorder: p.line,
      colorBorderSecondary: p.line,
      fontFamily,
      fontSize: 14,
      lineHeight: 1.6,
      // Thumbs need 44 px.
      controlHeight: touch ? 44 : 32,
      controlHeightSM: touch ? 44 : 24,
      borderRadius: 6,
      borderRadiusLG: 6,
      borderRadiusSM: 6,
      boxShadow: p.shadow,
      boxShadowSecondary: p.shadow,
      motionDurationFast: '0.1s',
      motionDurationMid: '0.15s',
      motionDurationSlow: '0.15s',
      wireframe: false,
    },
    components: {
      Alert: { withDescriptionPadding: '8px 12px', withDescriptionIconSize: 16 },
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      // What is ticked must be found first: the lines of the page are too quiet for that.
      Checkbox: { colorBorder: p.inkFaint },
      Radio: { colorBorder: p.inkFaint },
      Table: { headerBg: p.sunken, headerSplitColor: 'transparent', cellPaddingBlockMD: 8, cellPaddingInlineMD: 12 },
    },
  };
}
