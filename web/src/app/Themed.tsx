/** Ant Design in our theme and language, around whatever is made of it. */
import { RightOutlined } from '@ant-design/icons';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { ConfigProvider } from 'antd';
import type { Locale } from 'antd/es/locale';
import { useTranslation } from 'react-i18next';
import { useMedia } from '@/components/useMedia';
import { antdTheme } from './antdTheme';
import { useMode } from './preferences';
import { WIDE } from './theme';

const locales: Record<string, () => Promise<{ default: Locale }>> = {
  'zh-CN': () => import('antd/locale/zh_CN'),
  en: () => import('antd/locale/en_US'),
};

/** Kept for the next page: its words shall not come late again. */
const known = new Map<string, Locale>();

export function Themed({ children }: { children: ReactNode }) {
  const mode = useMode();
  const touch = useMedia(`(max-width: ${WIDE - 1}px)`);
  const theme = useMemo(() => antdTheme(mode, touch), [mode, touch]);
  const { i18n } = useTranslation();
  // Never without one: the provider would mount everything below it anew when it comes.
  const [locale, setLocale] = useState<Locale>(() => known.get(i18n.language) ?? { locale: i18n.language });

  useEffect(() => {
    let current = true;
    const { language } = i18n;
    void locales[language]?.().then((module) => {
      known.set(language, module.default);
      if (current) setLocale(module.default);
    });
    return () => {
      current = false;
    };
  }, [i18n, i18n.language]);

  return (
    <ConfigProvider locale={locale} theme={theme} button={{ autoInsertSpace: false }} collapse={{ expandIcon: ({ isActive }) => <RightOutlined aria-hidden rotate={isActive ? 90 : 0} /> }}>
      {children}
    </ConfigProvider>
  );
}
