import { BarChartOutlined, FormOutlined, HomeOutlined, ReadOutlined, UserOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useScopedTo } from '../address';
import { useMe } from '../session';

/** An agent's phone: what the thumb reaches. Only tabs with something behind them. */
export function BottomTabs() {
  const { t } = useTranslation();
  const { rights } = useMe();
  const to = useScopedTo();
  const tabs = [
    { path: '/', icon: <HomeOutlined aria-hidden />, name: t('tab.today'), shown: true },
    { path: '/learn', icon: <ReadOutlined aria-hidden />, name: t('tab.learn'), shown: rights.includes('course:read') },
    { path: '/exams', icon: <FormOutlined aria-hidden />, name: t('tab.exams'), shown: rights.includes('exam:sit') },
    { path: '/figures', icon: <BarChartOutlined aria-hidden />, name: t('tab.figures'), shown: rights.includes('kpi:read') },
    { path: '/me', icon: <UserOutlined aria-hidden />, name: t('tab.me'), shown: true },
  ];
  return (
    <nav className="shell-tabs" aria-label={t('nav.label')}>
      {tabs
        .filter((tab) => tab.shown)
        .map((tab) => (
          <NavLink key={tab.path} className="shell-tab" to={to(tab.path)} end={tab.path === '/'}>
            {tab.icon}
            {tab.name}
          </NavLink>
        ))}
    </nav>
  );
}
