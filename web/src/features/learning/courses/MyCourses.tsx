import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useScopedTo } from '@/app/address';
import type { MyCourse } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { Go } from '@/components/Go';
import { Loading } from '@/components/Loading';
import { Trouble } from '@/components/Trouble';
import { Due } from './Due';
import { useMyCourses } from './queries';
import './courses.css';

/** One's own courses: what is open, and below what is done. */
export function MyCourses() {
  const { t } = useTranslation('courses');
  const found = useMyCourses();
  if (found.error && !found.data) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const all = found.data.items;
  const open = all.filter(({ course }) => course.learning?.state !== 'done');
  const done = all.filter(({ course }) => course.learning?.state === 'done');
  if (all.length === 0) {
    return (
      <EmptyState title={t('learn.empty.title')} text={t('learn.empty.text')}>
        <Go to="/courses">{t('learn.empty.go')}</Go>
      </EmptyState>
    );
  }
  return (
    <>
      <section className="k-stack-tight" aria-label={t('learn.open')}>
        <h2>{t('learn.open')}</h2>
        {open.length === 0 && <p className="k-soft">{t('learn.noneOpen')}</p>}
        <Cards courses={open} />
      </section>
      {done.length > 0 && (
        <section className="k-stack-tight" aria-label={t('learn.done')}>
          <h2>{t('learn.done')}</h2>
          <Cards courses={done} />
        </section>
      )}
    </>
  );
}

function Cards({ courses }: { courses: MyCourse[] }) {
  return (
    <ul className="k-plain-list course-cards">
      {courses.map((my) => (
        <li key={my.course.id}>
          <Card my={my} />
        </li>
      ))}
    </ul>
  );
}

function Card({ my: { course, next, offered } }: { my: MyCourse }) {
  const { t } = useTranslation('courses');
  const to = useScopedTo();
  const { learning } = course;
  if (!learning) return null;
  const done = learning.state === 'done';
  const inside = (
    <>
      <div className="k-spread">
        <strong>{course.title}</strong>
        <Due learning={learning} />
      </div>
      {!done && (
        <>
          <Progress percent={percent(learning.done, learning.required)} size="small" showInfo={false} aria-label={t('progress', { done: learning.done, required: learning.required })} />
          <div className="k-spread k-small">
            <span className="k-soft">{t('progress', { done: learning.done, required: learning.required })}</span>
            {next && <span className="k-faint course-next">{t(learning.state === 'assigned' ? 'learn.begin' : 'learn.next', { lesson: next })}</span>}
          </div>
        </>
      )}
    </>
  );
  return offered ? (
    <Link className="course-card k-panel" to={to(`/courses/${course.id}`)}>
      {inside}
    </Link>
  ) : (
    <div className="course-card k-panel">{inside}</div>
  );
}

export function percent(done: number, required: number): number {
  return required > 0 ? Math.round((done / required) * 100) : 0;
}
