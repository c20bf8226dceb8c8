import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { EmptyState } from '@/components/EmptyState';

/** The page itself broke: say so, and offer the way that usually helps. */
export function ErrorPage() {
  const { t } = useTranslation();
  const error = useRouteError();
  return (
    <EmptyState title={t('broken.title')} text={t('broken.text')}>
      <Button type="primary" onClick={() => window.location.reload()}>
        {t('reload')}
      </Button>
      {error instanceof Error && <p className="k-faint">{error.message}</p>}
    </EmptyState>
  );
}
