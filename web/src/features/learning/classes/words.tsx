import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { shownAt } from '@/app/zones';
import type { Attendance, ClassItem, ClassState } from '@/api/types';
import { zoneName } from '@/components/names';
import { spokenDay } from '@/components/spoken';

/** How far a class has come. */
export function StateTag({ state }: { state: ClassState }) {
  const { t } = useTranslation('classes');
  const colour = { planned: 'default', announced: 'processing', ended: 'default', cancelled: 'default' } as const;
  return <Tag color={colour[state]}>{t(`state.${state}`)}</Tag>;
}

/** Whether somebody came; only what is wrong or done has a colour. */
export function StatusText({ status }: { status: Attendance }) {
  const { t } = useTranslation('classes');
  const tone = { invited: 'k-faint', present: 'k-done', late: 'k-soon', leave: 'k-soft', absent: 'k-urgent' } as const;
  return <span className={tone[status]}>{t(`status.${status}`)}</span>;
}

/** When a class is, in its own zone; the zone is named where it is not that of the reader's clock. */
export function useWhen() {
  const { t, i18n } = useTranslation('classes');
  return ({ starts_at, ends_at, zone }: Pick<ClassItem, 'starts_at' | 'ends_at' | 'zone'>): string => {
    const start = shownAt(starts_at, zone);
    const end = shownAt(ends_at, zone);
    const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const offset = (of: string) => shownAt(starts_at, of);
    const other = offset(here).day !== offset(zone).day || offset(here).time !== offset(zone).time;
    const said = spokenDay(`${start.day} ${start.time}–${end.time}`, i18n.language, new Date().getFullYear());
    return other ? t('inZone', { when: said, zone: zoneName(zone, i18n.language) }) : said;
  };
}

/** Where a class is. */
export function Where({ item }: { item: Pick<ClassItem, 'place' | 'online_url'> }) {
  const { t } = useTranslation('classes');
  return (
    <>
      {item.place}
      {item.place && item.online_url && ' · '}
      {item.online_url && (
        <a href={item.online_url} target="_blank" rel="noreferrer">
          {t('online')}
        </a>
      )}
      {!item.place && !item.online_url && <span className="k-faint">{t('noPlace')}</span>}
    </>
  );
}
