import { useTranslation } from 'react-i18next';
import { Page } from '@/components/Page';
import NoticeList from './NoticeList';

/** The inbox as a page of its own, for links from mail. */
export default function NoticesPage() {
  const { t } = useTranslation('notices');
  return (
    <Page title={t('title')} lead={t('lead')}>
      <div className="notices-page">
        <NoticeList />
      </div>
    </Page>
  );
}
