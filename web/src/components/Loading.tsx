import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLate } from './useLate';

/** A skeleton, shown only once the wait is felt (300 ms). */
export function Loading({ rows = 5, full = false }: { rows?: number; full?: boolean }) {
  const { t } = useTranslation();
  const late = useLate();
  return (
    <div aria-busy="true" aria-label={t('loading')} role="status" style={full ? { maxWidth: 720, padding: 24 } : undefined}>
      {late && <Skeleton active title={full} paragraph={{ rows }} />}
    </div>
  );
}
