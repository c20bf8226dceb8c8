import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '@/components/EmptyState';
import { useScopedTo } from '../address';

/** 404 */
export function NotFoundPage() {
  const { t } = useTranslation();
  const to = useScopedTo();
  return (
    <EmptyState code="404" title={t('notFound.title')} text={t('notFound.text')}>
      <Link to={to('/')}>
        <Button type="primary">{t('goHome')}</Button>
      </Link>
    </EmptyState>
  );
}
