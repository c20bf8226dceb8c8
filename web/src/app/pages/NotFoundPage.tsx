import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { PlainLink } from '@/components/Plain';
import { useScopedTo } from '../address';

/** 404 */
export function NotFoundPage() {
  const { t } = useTranslation();
  const to = useScopedTo();
  return (
    <EmptyState code="404" title={t('notFound.title')} text={t('notFound.text')}>
      <PlainLink kind="primary" to={to('/')}>
        {t('goHome')}
      </PlainLink>
    </EmptyState>
  );
}
