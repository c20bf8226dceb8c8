import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addDays, today, useAddress, useScopedTo } from '@/app/address';
import { useMe } from '@/app/session';
import { instantOf, shownAt } from '@/app/zones';
import { useFormat } from '@/components/format';
import { Loading } from '@/components/Loading';
import { Trouble } from '@/components/Trouble';
import { useClasses } from './queries';
import { mondayOf } from './times';

/** The classes of one week, by day. */
export function WeekCalendar() {
  const { t, i18n } = useTranslation('classes');
  const { tenant } = useMe();
  const { get, set } = useAddress();
  const { day } = useFormat();
  const to = useScopedTo();
  const now = today(tenant.zone);
  const asked = get('week');
  const monday = mondayOf(asked && /^\d{4}-\d{2}-\d{2}$/.test(asked) ? asked : now);
  const days = [0, 1, 2, 3, 4, 5, 6].map((n) => addDays(monday, n));
  const list = useClasses({ after: instantOf(`${monday}T00:00`, tenant.zone), before: instantOf(`${addDays(monday, 7)}T00:00`, tenant.zone), limit: 200 });
  const weekday = (of: string) => new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' }).format(new Date(`${of}T00:00:00Z`));
  const shown = list.items.filter(({ state }) => state !== 'cancelled').sort((a, b) => a.starts_at.localeCompare(b.starts_at));
  if (list.blocked) return <Trouble error={list.blocked} onRetry={list.retry} />;
  return (
    <section className="k-stack-tight" aria-label={t('view.week')}>
      <div className="k-row">
        <Button icon={<LeftOutlined aria-hidden />} aria-label={t('week.before')} onClick={() => set({ week: addDays(monday, -7) })} />
        <Button icon={<RightOutlined aria-hidden />} aria-label={t('week.after')} onClick={() => set({ week: addDays(monday, 7) })} />
        <Button onClick={() => set({ week: null })}>{t('week.now')}</Button>
        <strong>{t('week.span', { from: day(monday), to: day(addDays(monday, 6)) })}</strong>
      </div>
      {list.loading ? (
        <Loading rows={6} />
      ) : (
        <div className="week">
          {days.map((of) => {
            const classes = shown.filter((item) => shownAt(item.starts_at, item.zone).day === of);
            return (
              <div key={of} className="week-day" data-today={of === now || undefined} data-empty={classes.length === 0 || undefined}>
                <h3>
                  {weekday(of)} <span className="k-faint">{day(of)}</span>
                </h3>
                {classes.map((item) => (
                  <Link key={item.id} className="week-class" data-planned={item.state === 'planned' || undefined} to={to(`/classes/${item.id}`)}>
                    <span className="k-small">
                      {shownAt(item.starts_at, item.zone).time}–{shownAt(item.ends_at, item.zone).time}
                    </span>
                    <span>{item.title}</span>
                    <span className="k-small k-faint">{[item.place, item.lecturer.name].filter(Boolean).join(' · ')}</span>
                  </Link>
                ))}
              </div>
            );
          })}
        </div>
      )}
      {!list.loading && shown.length === 0 && <p className="k-soft">{t('week.none')}</p>}
    </section>
  );
}
