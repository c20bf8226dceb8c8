import { useTranslation } from 'react-i18next';
import { addDays, today } from '@/app/address';
import { useMe } from '@/app/session';
import type { CourseLearning } from '@/api/types';
import { useFormat } from '@/components/format';

/** Until when it is to be done, or since when it is. */
export function Due({ learning }: { learning: CourseLearning }) {
  const { t } = useTranslation('courses');
  const { day } = useFormat();
  const { tenant } = useMe();
  if (learning.completed_on) return <span className="k-done k-nowrap">{t('due.done', { day: day(learning.completed_on) })}</span>;
  if (!learning.due) return null;
  if (learning.overdue) return <span className="k-urgent k-nowrap">{t('due.overdue', { day: day(learning.due) })}</span>;
  const soon = learning.due <= addDays(today(tenant.zone), 3);
  return <span className={`${soon ? 'k-soon' : 'k-soft'} k-nowrap`}>{t('due.until', { day: day(learning.due) })}</span>;
}
