import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useScopedTo } from '@/app/address';
import { Page } from '@/components/Page';
import MyClasses from './classes/MyClasses';
import { MyCourses } from './courses/MyCourses';

/** What one is to learn, by kind; each area of learning brings its own. */
const sections = [MyCourses, MyClasses];

/** A person's own learning: what is due, what he is at, what he has completed. */
export default function LearnPage() {
  const { t } = useTranslation('courses');
  const to = useScopedTo();
  // A phone has no other way to the library.
  const library = <Link to={to('/courses')}>{t('learn.library')}</Link>;
  return (
    <Page title={t('learn.title')} lead={t('learn.lead')} actions={library}>
      <div className="k-stack">
        {sections.map((Section) => (
          <Section key={Section.name} />
        ))}
      </div>
    </Page>
  );
}
