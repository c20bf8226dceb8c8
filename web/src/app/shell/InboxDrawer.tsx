import { Drawer } from 'antd';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/components/Loading';
import NoticeList from '@/features/people/notices/NoticeList';

/** The inbox from the right. */
export default function InboxDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer open onClose={onClose} size={400} title={t('inbox.title')}>
      {/* Its texts may still be on their way: the drawer keeps the focus meanwhile. */}
      <Suspense fallback={<Loading />}>
        <NoticeList onGo={onClose} />
      </Suspense>
    </Drawer>
  );
}
