import BarChartOutlined from '@ant-design/icons-svg/es/asn/BarChartOutlined';
import FormOutlined from '@ant-design/icons-svg/es/asn/FormOutlined';
import HomeOutlined from '@ant-design/icons-svg/es/asn/HomeOutlined';
import ReadOutlined from '@ant-design/icons-svg/es/asn/ReadOutlined';
import UserOutlined from '@ant-design/icons-svg/es/asn/UserOutlined';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { Icon } from '@/components/Icon';
import { useScopedTo } from '../address';
import { useMe } from '../session';

/** An agent's phone: what the thumb reaches. Only tabs with something behind them. */
export function BottomTabs() {
  const { t } = useTranslation();
  const { rights } = useMe();
  const to = useScopedTo();
  const tabs = [
    { path: '/', icon: <Icon of={HomeOutlined} />, name: t('tab.today'), shown: true },
    { path: '/learn', icon: <Icon of={ReadOutlined} />, name: t('tab.learn'), shown: rights.includes('course:read') },
    { path: '/exams', icon: <Icon of={FormOutlined} />, name: t('tab.exams'), shown: rights.includes('exam:sit') },
    { path: '/figures', icon: <Icon of={BarChartOutlined} />, name: t('tab.figures'), shown: rights.includes('kpi:read') },
    { path: '/me', icon: <Icon of={UserOutlined} />, name: t('tab.me'), shown: true },
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
