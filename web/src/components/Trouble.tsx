import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/client';
import { Notice } from './Notice';
import { PlainButton } from './Plain';
import { useProblemText } from './problem';

/** An error in the place of what could not be shown, with the way on. */
export function Trouble({ error, onRetry, full = false }: { error: unknown; onRetry?: () => void; full?: boolean }) {
  const { t } = useTranslation();
  const text = useProblemText();
  const id = error instanceof ApiError ? error.requestId : undefined;
  return (
    <div style={full ? { maxWidth: 720, margin: '48px auto', padding: 16 } : undefined}>
      <Notice>
        <span className="notice-text">
          {text(error)}
          {id && <span className="k-small k-faint">{t('requestId', { id })}</span>}
        </span>
        {onRetry && (
          <PlainButton size="small" onClick={onRetry}>
            {t('retry')}
          </PlainButton>
        )}
      </Notice>
    </div>
  );
}
