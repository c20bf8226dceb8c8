import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { PlainLink } from '@/components/Plain';
import { useScopedTo } from '../address';

/** 403: what it is, and whom to ask. */
export function ForbiddenPage() {
  const { t } = useTranslation();
  const to = useScopedTo();
  return (
    <EmptyState code="403" title={t('forbidden.title')} text={t('forbidden.text')}>
      <PlainLink kind="primary" to={to('/')}>
        {t('goHome')}
      </PlainLink>
    </EmptyState>
  );
}
