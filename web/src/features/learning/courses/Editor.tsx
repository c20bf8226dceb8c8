import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import type { CourseDetail, LessonItem, LessonKind } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { serversWords, useProblemText } from '@/components/problem';
import { CourseForm } from './CourseForm';
import { LessonDrawer } from './LessonDrawer';
import { useLessons } from './queries';

const kinds: LessonKind[] = ['text', 'video', 'image', 'file'];

/** The lessons of a course, to be added, changed, moved and removed. */
export function Editor({ detail: { course, lessons, plan_item: cause } }: { detail: CourseDetail }) {
  const { t } = useTranslation('courses');
  const { t: common } = useTranslation();
  const problem = useProblemText();
  const { remove, order } = useLessons(course);
  const [open, setOpen] = useState<LessonItem | LessonKind | null>(null);
  const [facts, setFacts] = useState(false);
  const failed = (error: unknown) => feedback.error([problem(error), serversWords(error)].filter(Boolean).join(' '));
  const move = (at: number, by: -1 | 1) => {
    const ids = lessons.map(({ id }) => id);
    const [moved] = ids.splice(at, 1);
    if (!moved) return;
    ids.splice(at + by, 0, moved);
    order.mutate(ids, { onError: failed });
  };
  const ask = (lesson: LessonItem) =>
    feedback.confirm({
      title: t('remove.title', { title: lesson.title }),
      content: t('remove.text'),
      okText: common('delete'),
      okButtonProps: { danger: true },
      onOk: () => remove.mutate(lesson.id, { onError: failed }),
    });
  return (
    <div className="k-stack course-overview">
      <div className="k-row">
        {kinds.map((kind) => (
          <Button key={kind} icon={<PlusOutlined aria-hidden />} onClick={() => setOpen(kind)}>
            {t(`addKind.${kind}`)}
          </Button>
        ))}
        <Button type="text" icon={<EditOutlined aria-hidden />} onClick={() => setFacts(true)}>
          {t('form.edit')}
        </Button>
      </div>
      {lessons.length === 0 ? (
        <EmptyState title={t('noLessons.title')} text={t('noLessons.make')} />
      ) : (
        <ol className="k-plain-list lesson-list" aria-label={t('lessons')}>
          {lessons.map((lesson, at) => (
            <li key={lesson.id} className="lesson-row">
              <span className="lesson-name">
                {at + 1}. {lesson.title}
                <span className="k-row k-small k-faint lesson-facts">
                  <Tag>{t(`kind.${lesson.kind}`)}</Tag>
                  {t('minutes', { count: lesson.minutes })}
                  {!lesson.required && <span>{t('optional')}</span>}
                </span>
              </span>
              <span className="lesson-tools">
                <Button type="text" icon={<ArrowUpOutlined aria-hidden />} aria-label={t('up', { title: lesson.title })} disabled={at === 0 || order.isPending} onClick={() => move(at, -1)} />
                <Button type="text" icon={<ArrowDownOutlined aria-hidden />} aria-label={t('down', { title: lesson.title })} disabled={at === lessons.length - 1 || order.isPending} onClick={() => move(at, 1)} />
                <Button type="text" icon={<EditOutlined aria-hidden />} aria-label={t('editLesson', { title: lesson.title })} onClick={() => setOpen(lesson)} />
                <Button type="text" icon={<DeleteOutlined aria-hidden />} aria-label={t('removeLesson', { title: lesson.title })} onClick={() => ask(lesson)} />
              </span>
            </li>
          ))}
        </ol>
      )}
      {open && <LessonDrawer course={course.id} lesson={typeof open === 'string' ? null : open} kind={typeof open === 'string' ? open : open.kind} onClose={() => setOpen(null)} />}
      {facts && <CourseForm course={course} cause={cause ?? null} onClose={() => setFacts(false)} />}
    </div>
  );
}
