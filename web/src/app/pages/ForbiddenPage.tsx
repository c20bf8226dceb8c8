import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '@/components/EmptyState';
import { useScopedTo } from '../address';

/** 403: what it is, and whom to ask. */
export function ForbiddenPage() {
  const { t } = useTranslation();
  const to = useScopedTo();
  return (
    <EmptyState code="403" title={t('forbidden.title')} text={t('forbidden.text')}>
      <Link to={to('/')}>
        <Button type="primary">{t('goHome')}</Button>
      </Link>
    </EmptyState>
  );
}
