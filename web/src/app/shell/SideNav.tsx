import ApartmentOutlined from '@ant-design/icons-svg/es/asn/ApartmentOutlined';
import ApiOutlined from '@ant-design/icons-svg/es/asn/ApiOutlined';
import AuditOutlined from '@ant-design/icons-svg/es/asn/AuditOutlined';
import BarChartOutlined from '@ant-design/icons-svg/es/asn/BarChartOutlined';
import BookOutlined from '@ant-design/icons-svg/es/asn/BookOutlined';
import BulbOutlined from '@ant-design/icons-svg/es/asn/BulbOutlined';
import CalendarOutlined from '@ant-design/icons-svg/es/asn/CalendarOutlined';
import CheckSquareOutlined from '@ant-design/icons-svg/es/asn/CheckSquareOutlined';
import CloudUploadOutlined from '@ant-design/icons-svg/es/asn/CloudUploadOutlined';
import CommentOutlined from '@ant-design/icons-svg/es/asn/CommentOutlined';
import FieldTimeOutlined from '@ant-design/icons-svg/es/asn/FieldTimeOutlined';
import FileDoneOutlined from '@ant-design/icons-svg/es/asn/FileDoneOutlined';
import FileProtectOutlined from '@ant-design/icons-svg/es/asn/FileProtectOutlined';
import FolderOpenOutlined from '@ant-design/icons-svg/es/asn/FolderOpenOutlined';
import FormOutlined from '@ant-design/icons-svg/es/asn/FormOutlined';
import HomeOutlined from '@ant-design/icons-svg/es/asn/HomeOutlined';
import LinkOutlined from '@ant-design/icons-svg/es/asn/LinkOutlined';
import ProfileOutlined from '@ant-design/icons-svg/es/asn/ProfileOutlined';
import RadarChartOutlined from '@ant-design/icons-svg/es/asn/RadarChartOutlined';
import ReadOutlined from '@ant-design/icons-svg/es/asn/ReadOutlined';
import ScheduleOutlined from '@ant-design/icons-svg/es/asn/ScheduleOutlined';
import RiseOutlined from '@ant-design/icons-svg/es/asn/RiseOutlined';
import ShopOutlined from '@ant-design/icons-svg/es/asn/ShopOutlined';
import TeamOutlined from '@ant-design/icons-svg/es/asn/TeamOutlined';
import UserDeleteOutlined from '@ant-design/icons-svg/es/asn/UserDeleteOutlined';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useLocation } from 'react-router';
import { Icon } from '@/components/Icon';
import { useScopedTo } from '../address';
import { navigation, type NavPath } from '../routes';
import { isOnly, useMe } from '../session';

const icons: Record<NavPath, ReactNode> = {
  '/': <Icon of={HomeOutlined} />,
  '/figures': <Icon of={BarChartOutlined} />,
  '/weak-spots': <Icon of={RadarChartOutlined} />,
  '/learn': <Icon of={ReadOutlined} />,
  '/courses': <Icon of={BookOutlined} />,
  '/needs': <Icon of={BulbOutlined} />,
  '/tasks': <Icon of={CheckSquareOutlined} />,
  '/plans': <Icon of={CalendarOutlined} />,
  '/evaluations': <Icon of={RiseOutlined} />,
  '/questions': <Icon of={ProfileOutlined} />,
  '/papers': <Icon of={FileDoneOutlined} />,
  '/conversations': <Icon of={CommentOutlined} />,
  '/exams': <Icon of={FormOutlined} />,
  '/imports': <Icon of={CloudUploadOutlined} />,
  '/customers': <Icon of={UserDeleteOutlined} />,
  '/classes': <Icon of={ScheduleOutlined} />,
  '/archive': <Icon of={FolderOpenOutlined} />,
  '/archive-requests': <Icon of={FileProtectOutlined} />,
  '/staff': <Icon of={TeamOutlined} />,
  '/accounts': <Icon of={LinkOutlined} />,
  '/shops': <Icon of={ShopOutlined} />,
  '/merchants': <Icon of={ApartmentOutlined} />,
  '/tokens': <Icon of={ApiOutlined} />,
  '/audit': <Icon of={AuditOutlined} />,
  '/jobs': <Icon of={FieldTimeOutlined} />,
};

/** The stages of the loop with the pages this person has a use for. */
export default function SideNav({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const to = useScopedTo();
  const { pathname } = useLocation();
  const nav = useRef<HTMLElement>(null);
  // Whoever has many pages sees where he is, however low a window.
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView?.({ block: 'nearest' });
  }, [pathname]);
  return (
    <nav aria-label={t('nav.label')} ref={nav}>
      <Link className="shell-brand" to={to('/')} onClick={onGo}>
        <img src="/icon.svg" alt="" width={24} height={24} />
        {t('brand')}
      </Link>
      {navigation(me.rights, { marketplace: me.tenant.kind === 'marketplace', agent: isOnly(me, 'agent') }).map((stage) => (
        <div key={stage.key} className="shell-stage">
          <div className="shell-stage-name">{t(`stage.${stage.key}`)}</div>
          {stage.paths.map((path) => (
            <NavLink key={path} className="shell-link" to={to(path)} end={path === '/'} onClick={onGo}>
              {icons[path]}
              {t(`nav.${path}`)}
            </NavLink>
          ))}
        </div>
      ))}
    </nav>
  );
}
