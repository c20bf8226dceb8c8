import {
  ApartmentOutlined,
  ApiOutlined,
  AuditOutlined,
  BarChartOutlined,
  BookOutlined,
  BulbOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  CloudUploadOutlined,
  CommentOutlined,
  FieldTimeOutlined,
  FileDoneOutlined,
  FileProtectOutlined,
  FolderOpenOutlined,
  FormOutlined,
  HomeOutlined,
  LinkOutlined,
  ProfileOutlined,
  RadarChartOutlined,
  ReadOutlined,
  ScheduleOutlined,
  RiseOutlined,
  ShopOutlined,
  TeamOutlined,
  UserDeleteOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink } from 'react-router';
import { useScopedTo } from '../address';
import { navigation, type NavPath } from '../routes';
import { isOnly, useMe } from '../session';

const icons: Record<NavPath, ReactNode> = {
  '/': <HomeOutlined aria-hidden />,
  '/figures': <BarChartOutlined aria-hidden />,
  '/weak-spots': <RadarChartOutlined aria-hidden />,
  '/learn': <ReadOutlined aria-hidden />,
  '/courses': <BookOutlined aria-hidden />,
  '/needs': <BulbOutlined aria-hidden />,
  '/tasks': <CheckSquareOutlined aria-hidden />,
  '/plans': <CalendarOutlined aria-hidden />,
  '/evaluations': <RiseOutlined aria-hidden />,
  '/questions': <ProfileOutlined aria-hidden />,
  '/papers': <FileDoneOutlined aria-hidden />,
  '/conversations': <CommentOutlined aria-hidden />,
  '/exams': <FormOutlined aria-hidden />,
  '/imports': <CloudUploadOutlined aria-hidden />,
  '/customers': <UserDeleteOutlined aria-hidden />,
  '/classes': <ScheduleOutlined aria-hidden />,
  '/archive': <FolderOpenOutlined aria-hidden />,
  '/archive-requests': <FileProtectOutlined aria-hidden />,
  '/staff': <TeamOutlined aria-hidden />,
  '/accounts': <LinkOutlined aria-hidden />,
  '/shops': <ShopOutlined aria-hidden />,
  '/merchants': <ApartmentOutlined aria-hidden />,
  '/tokens': <ApiOutlined aria-hidden />,
  '/audit': <AuditOutlined aria-hidden />,
  '/jobs': <FieldTimeOutlined aria-hidden />,
};

/** The stages of the loop with the pages this person has a use for. */
export function SideNav({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const to = useScopedTo();
  return (
    <nav aria-label={t('nav.label')}>
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
