import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import NoticeList from '@/features/people/notices/NoticeList';

/** The inbox from the right. */
export default function InboxDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer open onClose={onClose} size={400} title={t('inbox.title')}>
      <NoticeList onGo={onClose} />
    </Drawer>
  );
}
