import { useTranslation } from 'react-i18next';
import { useLate } from './useLate';
import './loading.css';

/** A skeleton, shown only once the wait is felt (300 ms). */
export function Loading({ rows = 5, full = false }: { rows?: number; full?: boolean }) {
  const { t } = useTranslation();
  const late = useLate();
  return (
    <div aria-busy="true" aria-label={t('loading')} role="status" style={full ? { maxWidth: 720, padding: 24 } : undefined}>
      {late && (
        <div className="loading">
          {Array.from({ length: rows }, (_, at) => (
            <span key={at} className="loading-row" />
          ))}
        </div>
      )}
    </div>
  );
}
