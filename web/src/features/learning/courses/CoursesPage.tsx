import { PlusOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useAddress, useScopedTo } from '@/app/address';
import { useRight } from '@/app/session';
import { competences, type CourseItem } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { ListFilters } from '@/components/ListFilters';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { Trouble } from '@/components/Trouble';
import { CourseForm } from './CourseForm';
import { Due } from './Due';
import { useCourses } from './queries';
import './courses.css';

/** The library: what can be learned, and for makers what is being made. */
export default function CoursesPage() {
  const { t } = useTranslation('courses');
  const { t: common } = useTranslation();
  const mayWrite = useRight('course:write');
  const { get, set } = useAddress();
  const to = useScopedTo();
  const navigate = useNavigate();
  // A plan item leads here with what it wants taught.
  const making = mayWrite && get('new') !== null;
  const start = () => set({ new: '1' }, { replace: false });
  const stop = () => set({ new: null, plan_item: null, title: null, for: null });
  const filter = { q: get('q'), competence: get('competence'), state: get('state'), open: mayWrite ? null : true };
  const list = useCourses(filter);
  const filtered = Boolean(filter.q ?? filter.competence ?? filter.state);
  const add = (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={start}>
      {t('add')}
    </Button>
  );
  return (
    <Page
      title={t('title')}
      lead={mayWrite ? t('leadWrite') : t('lead')}
      actions={mayWrite && add}
      filters={
        <ListFilters
          search={t('search')}
          choices={[
            { name: 'competence', label: t('field.competence'), options: competences.map((value) => ({ value, label: common(`competence.${value}`) })) },
            ...(mayWrite ? [{ name: 'state', label: t('field.state'), options: (['draft', 'published', 'withdrawn'] as const).map((value) => ({ value, label: t(`state.${value}`) })) }] : []),
          ]}
        />
      }
    >
      {list.error && <Trouble error={list.error} onRetry={list.retry} />}
      {list.loading && <Loading rows={8} />}
      {!list.loading && !list.error && list.items.length === 0 && (
        <EmptyState title={filtered ? t('none.title') : t('empty.title')} text={filtered ? t('none.text') : mayWrite ? t('empty.make') : t('empty.text')}>
          {mayWrite && !filtered && add}
        </EmptyState>
      )}
      <ul className="k-plain-list course-cards">
        {list.items.map((course) => (
          <li key={course.id}>
            <Card course={course} />
          </li>
        ))}
      </ul>
      {list.hasMore && (
        <Button loading={list.loadingMore} onClick={list.loadMore}>
          {common('table.more')}
        </Button>
      )}
      {making && <CourseForm course={null} preset={presetOf(get)} onClose={stop} onSaved={(id) => void navigate(to(`/courses/${id}?tab=edit`))} />}
    </Page>
  );
}

/** What a plan item wrote into the address. */
function presetOf(get: (name: string) => string | null) {
  const [title, plan_item] = [get('title'), get('plan_item')];
  const competence = competences.find((one) => one === get('for'));
  return { ...(title ? { title } : {}), ...(plan_item ? { plan_item } : {}), ...(competence ? { competence } : {}) };
}

function Card({ course }: { course: CourseItem }) {
  const { t } = useTranslation('courses');
  const { t: common } = useTranslation();
  const to = useScopedTo();
  return (
    <Link className="course-card k-panel" to={to(`/courses/${course.id}`)}>
      <div className="k-spread">
        <strong>{course.title}</strong>
        {course.learning && <Due learning={course.learning} />}
      </div>
      {course.description && <p className="k-soft course-about">{course.description}</p>}
      <div className="k-row k-small k-faint">
        {course.state !== 'published' && <Tag>{t(`state.${course.state}`)}</Tag>}
        <span>{common(`competence.${course.competence}`)}</span>
        <span>{t(`level.${course.level}`)}</span>
        <span>{t('size', { lessons: course.lessons, minutes: course.minutes })}</span>
        {course.owner && <span>{course.owner.name}</span>}
        {course.learning && course.learning.state !== 'done' && <span className="k-soft">{t(`learning.${course.learning.state}`)}</span>}
        {course.over && <span className="k-soon">{t('over')}</span>}
      </div>
    </Link>
  );
}
