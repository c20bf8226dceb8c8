import { CheckCircleFilled, FileOutlined, FileTextOutlined, PictureOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { useAddress } from '@/app/address';
import type { CourseDetail, LessonItem, LessonKind } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { useFormat } from '@/components/format';
import { useProblemText } from '@/components/problem';
import { Due } from './Due';
import { percent } from './MyCourses';
import { useStart, type useProgress } from './queries';

const icons: Record<LessonKind, ReactNode> = {
  text: <FileTextOutlined aria-hidden />,
  image: <PictureOutlined aria-hidden />,
  video: <PlayCircleOutlined aria-hidden />,
  file: <FileOutlined aria-hidden />,
};

interface Props {
  detail: CourseDetail;
  progress: ReturnType<typeof useProgress>;
}

/** What the course has, how far one is, and the button that goes on. */
export function Overview({ detail, progress }: Props) {
  const { t } = useTranslation('courses');
  const { t: common } = useTranslation();
  const { day } = useFormat();
  const { course, lessons, plan_item: cause } = detail;
  if (lessons.length === 0) return <EmptyState title={t('noLessons.title')} text={course.may_edit ? t('noLessons.make') : t('noLessons.text')} />;
  return (
    <div className="k-stack course-overview">
      <div className="k-row k-faint k-small">
        <span>{common(`competence.${course.competence}`)}</span>
        <span>{t(`level.${course.level}`)}</span>
        <span>{t('size', { lessons: course.lessons, minutes: course.minutes })}</span>
        {course.owner && <span>{t('owner', { name: course.owner.name })}</span>}
        {course.valid_until && <span className={course.over ? 'k-soon' : undefined}>{t('validUntil', { day: day(course.valid_until) })}</span>}
        {cause?.title && <span>{t('cause', { title: cause.title })}</span>}
      </div>
      <GoOn detail={detail} progress={progress} />
      <ol className="k-plain-list lesson-list" aria-label={t('lessons')}>
        {lessons.map((lesson, at) => (
          <li key={lesson.id}>
            <Row lesson={lesson} at={at} progress={progress} open={course.learning !== null || course.may_edit} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function GoOn({ detail: { course, lessons }, progress }: Props) {
  const { t } = useTranslation('courses');
  const { set } = useAddress();
  const problem = useProblemText();
  const start = useStart(course.id);
  const { learning } = course;
  const next = lessons.find((lesson) => !progress.standing(lesson).done) ?? lessons[0];
  const open = () => set({ lesson: next?.id, tab: null }, { replace: false });
  if (course.state !== 'published') return null;
  if (!learning || learning.state === 'assigned') {
    const begin = () => start.mutate(undefined, { onSuccess: open, onError: (error) => feedback.error(problem(error)) });
    return (
      <div className="k-row">
        <Button type="primary" disabled={course.over && !learning} loading={start.isPending} onClick={begin}>
          {t('start')}
        </Button>
        {learning && <Due learning={learning} />}
        {course.over && !learning && <span className="k-soon">{t('over')}</span>}
      </div>
    );
  }
  return (
    <div className="k-stack-tight">
      <div className="k-row">
        <Button type={learning.state === 'done' ? 'default' : 'primary'} onClick={open}>
          {learning.state === 'done' ? t('again') : t('goOn')}
        </Button>
        <Due learning={learning} />
      </div>
      {learning.state !== 'done' && (
        <div className="k-row">
          <Progress className="course-bar" percent={percent(learning.done, learning.required)} size="small" showInfo={false} aria-label={t('progress', { done: learning.done, required: learning.required })} />
          <span className="k-soft k-small">{t('progress', { done: learning.done, required: learning.required })}</span>
        </div>
      )}
    </div>
  );
}

function Row({ lesson, at, progress, open }: { lesson: LessonItem; at: number; progress: Props['progress']; open: boolean }) {
  const { t } = useTranslation('courses');
  const { duration } = useFormat();
  const { set } = useAddress();
  const standing = progress.standing(lesson);
  const partly = !standing.done && standing.position > 0;
  return (
    <button type="button" className="lesson-row" disabled={!open} onClick={() => set({ lesson: lesson.id, tab: null }, { replace: false })}>
      <span className="lesson-icon">{icons[lesson.kind]}</span>
      <span className="lesson-name">
        {at + 1}. {lesson.title}
        <span className="k-faint k-small lesson-facts">
          {lesson.length_s ? duration(lesson.length_s) : t('minutes', { count: lesson.minutes })}
          {!lesson.required && ` · ${t('optional')}`}
          {partly && ` · ${lesson.length_s ? t('at', { time: duration(standing.position) }) : t('partly')}`}
        </span>
      </span>
      {standing.done && (
        <span className="k-done">
          <CheckCircleFilled aria-label={t('lessonDone')} />
        </span>
      )}
    </button>
  );
}
