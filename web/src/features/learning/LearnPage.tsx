import { useTranslation } from 'react-i18next';
import { Page } from '@/components/Page';
import { MyCourses } from './courses/MyCourses';

/** What one is to learn, by kind; each area of learning brings its own. */
const sections = [MyCourses];

/** A person's own learning: what is due, what he is at, what he has completed. */
export default function LearnPage() {
  const { t } = useTranslation('courses');
  return (
    <Page title={t('learn.title')} lead={t('learn.lead')}>
      <div className="k-stack">
        {sections.map((Section) => (
          <Section key={Section.name} />
        ))}
      </div>
    </Page>
  );
}
