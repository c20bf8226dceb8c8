import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/app/session';
import { downloadUrl } from '@/api/client';
import type { CourseItem, CourseLearner } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { NONE, useFormat } from '@/components/format';
import { currentLanguage } from '@/i18n';
import { Due } from './Due';
import { useLearners } from './queries';

/** How far one's people are: who is late first. */
export function Learners({ course, onAssign }: { course: CourseItem; onAssign: (() => void) | null }) {
  const { t } = useTranslation('courses');
  const { time } = useFormat();
  const { shops, tenant } = useMe();
  const list = useLearners(course.id);
  const columns: Column<CourseLearner>[] = [
    { key: 'name', title: t('learner.name'), always: true, fixed: true, render: (row) => row.name },
    { key: 'shop', title: t('learner.shop'), render: (row) => shops.find(({ id }) => id === row.shop)?.name ?? NONE },
    { key: 'state', title: t('learner.state'), render: (row) => t(`learning.${row.learning.state}`) },
    { key: 'done', title: t('learner.done'), numeric: true, render: (row) => `${row.learning.done} / ${row.learning.required}` },
    { key: 'due', title: t('learner.due'), render: (row) => (row.learning.completed_on || row.learning.due ? <Due learning={row.learning} /> : NONE) },
    { key: 'last', title: t('learner.last'), render: (row) => (row.learning.last_at ? time(row.learning.last_at, tenant.zone) : NONE) },
  ];
  return (
    <DataTable<CourseLearner>
      name="course-learners"
      label={t('tab.learners')}
      columns={columns}
      list={list}
      rowKey={(row) => row.id}
      empty={
        <EmptyState title={t('noLearners.title')} text={onAssign ? t('noLearners.text') : t('noLearners.notYet')}>
          {onAssign && <Button onClick={onAssign}>{t('assign.button')}</Button>}
        </EmptyState>
      }
      exportHref={downloadUrl(`/courses/${course.id}/learners/export`, { format: 'xlsx', lang: currentLanguage() === 'en' ? 'en' : 'zh' })}
    />
  );
}
