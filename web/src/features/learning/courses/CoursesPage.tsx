import { PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useAddress, useScopedTo } from '@/app/address';
import { useRight } from '@/app/session';
import { competences, type CourseItem } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
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
  const [making, setMaking] = useState(false);
  const filter = { q: get('q'), competence: get('competence'), state: get('state'), open: mayWrite ? null : true };
  const list = useCourses(filter);
  const filtered = Boolean(filter.q ?? filter.competence ?? filter.state);
  const add = (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setMaking(true)}>
      {t('add')}
    </Button>
  );
  return (
    <Page
      title={t('title')}
      lead={mayWrite ? t('leadWrite') : t('lead')}
      actions={mayWrite && add}
      filters={
        <>
          <Input.Search aria-label={t('search')} placeholder={t('search')} defaultValue={filter.q ?? ''} allowClear onSearch={(value) => set({ q: value.trim() })} style={{ width: 220 }} />
          <Select
            aria-label={t('field.competence')}
            value={filter.competence ?? ''}
            onChange={(value) => set({ competence: value })}
            options={[{ value: '', label: t('allCompetences') }, ...competences.map((value) => ({ value: value as string, label: common(`competence.${value}`) }))]}
            style={{ minWidth: 150 }}
          />
          {mayWrite && (
            <Select
              aria-label={t('field.state')}
              value={filter.state ?? ''}
              onChange={(value) => set({ state: value })}
              options={[{ value: '', label: t('allStates') }, ...(['draft', 'published', 'withdrawn'] as const).map((value) => ({ value: value as string, label: t(`state.${value}`) }))]}
              style={{ minWidth: 120 }}
            />
          )}
        </>
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
      {making && <CourseForm course={null} onClose={() => setMaking(false)} onSaved={(id) => void navigate(to(`/courses/${id}?tab=edit`))} />}
    </Page>
  );
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
