import { Alert, Button, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { feedback } from '@/app/feedback';
import { useAddress } from '@/app/address';
import { useRight } from '@/app/session';
import type { CourseDetail } from '@/api/types';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { useProblemText } from '@/components/problem';
import { ThreadOf } from '@/components/ThreadOf';
import { Trouble } from '@/components/Trouble';
import { AssignDialog } from './AssignDialog';
import { Editor } from './Editor';
import { Learners } from './Learners';
import { LessonView } from './LessonView';
import { Overview } from './Overview';
import { useCourse, useProgress, usePublish } from './queries';
import './courses.css';

/** A course: learning in it, making it, seeing how far people are. */
export default function CoursePage() {
  const { id = '' } = useParams();
  const found = useCourse(id);
  if (found.error && !found.data) return <Trouble error={found.error} onRetry={() => void found.refetch()} full />;
  if (!found.data) return <Loading full />;
  return <Course key={id} detail={found.data} />;
}

function Course({ detail }: { detail: CourseDetail }) {
  const { t } = useTranslation('courses');
  const { course, lessons } = detail;
  const mayAssign = useRight('course:assign');
  const { get, set } = useAddress();
  const progress = useProgress(course.id);
  const [assigning, setAssigning] = useState(false);
  const lesson = lessons.find(({ id }) => id === get('lesson'));
  const offline = progress.stuck && <Alert type="warning" showIcon title={t('offline')} />;
  if (lesson) {
    return (
      <div className="k-stack">
        {offline}
        <LessonView key={lesson.id} detail={detail} lesson={lesson} progress={progress} />
      </div>
    );
  }
  const assignable = mayAssign && course.state === 'published' && !course.over;
  const tabs = [
    { key: 'learn', label: t('tab.learn'), children: <Overview detail={detail} progress={progress} /> },
    ...(course.may_edit ? [{ key: 'edit', label: t('tab.edit'), children: <Editor detail={detail} /> }] : []),
    ...(mayAssign ? [{ key: 'learners', label: t('tab.learners'), children: <Learners course={course} onAssign={assignable ? () => setAssigning(true) : null} /> }] : []),
  ];
  return (
    <Page
      title={course.title}
      lead={course.description && <span className="course-about">{course.description}</span>}
      thread={<ThreadOf kind="course" id={course.id} />}
      actions={
        <>
          {assignable && <Button onClick={() => setAssigning(true)}>{t('assign.button')}</Button>}
          {course.may_edit && <State detail={detail} />}
        </>
      }
    >
      {offline}
      {tabs.length > 1 ? <Tabs activeKey={get('tab') ?? 'learn'} onChange={(tab) => set({ tab })} items={tabs} destroyOnHidden /> : tabs[0]?.children}
      {assigning && <AssignDialog course={course} onClose={() => setAssigning(false)} />}
    </Page>
  );
}

/** Publishes or withdraws. */
function State({ detail: { course, lessons } }: { detail: CourseDetail }) {
  const { t } = useTranslation('courses');
  const problem = useProblemText();
  const { publish, withdraw } = usePublish(course);
  const failed = (error: unknown) => feedback.error(problem(error));
  if (course.state !== 'published') {
    const ready = lessons.some(({ required }) => required);
    const go = () => publish.mutate(undefined, { onError: failed, onSuccess: () => feedback.success(t('published')) });
    return (
      <Button type="primary" disabled={!ready} title={ready ? undefined : t('notReady')} loading={publish.isPending} onClick={go}>
        {t('publish')}
      </Button>
    );
  }
  const ask = () =>
    feedback.confirm({
      title: t('withdraw.title', { title: course.title }),
      content: t('withdraw.text'),
      okText: t('withdraw.button'),
      onOk: () => withdraw.mutate(undefined, { onError: failed }),
    });
  return (
    <Button loading={withdraw.isPending} onClick={ask}>
      {t('withdraw.button')}
    </Button>
  );
}
