import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/app/session';
import { useFormat } from '@/components/format';
import { Trouble } from '@/components/Trouble';
import { useLooks } from './queries';

/** Who looked into one's archive. */
export function Looks({ staff }: { staff: string }) {
  const { t } = useTranslation('archive');
  const { t: common } = useTranslation();
  const me = useMe();
  const format = useFormat();
  const looks = useLooks(staff);
  return (
    <section className="k-panel k-stack-tight archive-looks">
      <h2>{t('looks.title')}</h2>
      {looks.error && <Trouble error={looks.error} onRetry={looks.retry} />}
      {!looks.loading && !looks.error && looks.items.length === 0 && <p className="k-soft">{t('looks.none')}</p>}
      {looks.items.length > 0 && (
        <ol className="archive-list">
          {looks.items.map((look, at) => (
            <li key={`${look.at}${at}`} className="archive-look">
              <span className="k-nowrap k-faint">{format.time(look.at, me.tenant.zone)}</span>
              <span>{look.exported ? t('looks.exported', { name: look.who ?? '—' }) : t('looks.viewed', { name: look.who ?? '—' })}</span>
              <span className="k-soft">{look.purpose ? t('looks.purpose', { purpose: look.purpose }) : t('looks.keeper')}</span>
            </li>
          ))}
        </ol>
      )}
      {looks.hasMore && (
        <div>
          <Button size="small" loading={looks.loadingMore} onClick={looks.loadMore}>
            {common('table.more')}
          </Button>
        </div>
      )}
    </section>
  );
}
