import { ArrowLeftOutlined, DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/app/address';
import type { CourseDetail, LessonItem } from '@/api/types';
import { useFormat } from '@/components/format';
import { Page } from '@/components/Page';
import { Markdown } from './Markdown';
import { fileUrl, type useProgress } from './queries';
import { Video } from './Video';

interface Props {
  detail: CourseDetail;
  lesson: LessonItem;
  progress: ReturnType<typeof useProgress>;
}

/** One lesson, and the way to the next. */
export function LessonView({ detail: { course, lessons }, lesson, progress }: Props) {
  const { t } = useTranslation('courses');
  const { set } = useAddress();
  const at = lessons.indexOf(lesson);
  const next = lessons[at + 1];
  const standing = progress.standing(lesson);
  // Makers who look at their draft report nothing.
  const learns = course.learning !== null;
  const go = (id: string | null) => {
    set({ lesson: id }, { replace: false });
    window.scrollTo({ top: 0 });
  };
  const finish = () => {
    if (learns && lesson.kind !== 'video') progress.report(lesson.id, { position: 1, watched_s: 0, done: true });
    go(next?.id ?? null);
  };
  const waits = lesson.kind === 'video' && lesson.required && !standing.done;
  return (
    <Page
      title={lesson.title}
      lead={
        <button type="button" className="k-link-button lesson-back" onClick={() => go(null)}>
          <ArrowLeftOutlined aria-hidden /> {course.title} · {t('place', { at: at + 1, of: lessons.length })}
        </button>
      }
    >
      <article className="k-stack lesson-view">
        <Material course={course.id} lesson={lesson} progress={learns ? progress : null} />
        {lesson.body && <Reading course={course.id} lesson={lesson} progress={learns && lesson.kind === 'text' ? progress : null} />}
        <footer className="k-stack-tight lesson-end">
          {waits && learns && <p className="k-soft k-small">{t('watchOn')}</p>}
          <div className="k-row">
            {at > 0 && <Button onClick={() => go(lessons[at - 1]?.id ?? null)}>{t('previous')}</Button>}
            <Button type="primary" onClick={finish}>
              {next ? (lesson.kind === 'video' || standing.done || !learns ? t('next') : t('doneNext')) : lesson.kind === 'video' || standing.done || !learns ? t('back') : t('doneBack')}
            </Button>
          </div>
        </footer>
      </article>
    </Page>
  );
}

function Material({ course, lesson, progress }: { course: string; lesson: LessonItem; progress: Props['progress'] | null }) {
  const { t } = useTranslation('courses');
  const { bytes } = useFormat();
  if (!lesson.file) return null;
  const address = fileUrl(course, lesson.file.id);
  if (lesson.kind === 'image') return <img className="lesson-image" src={address} alt={lesson.title} />;
  if (lesson.kind === 'video') {
    return <Video address={address} standing={progress?.standing(lesson) ?? lesson.standing} onReport={progress ? (position, watched) => progress.report(lesson.id, { position, watched_s: watched, done: false }) : null} />;
  }
  return (
    <p className="k-row">
      <Button icon={<DownloadOutlined aria-hidden />} href={address} download={lesson.file.name}>
        {t('download')}
      </Button>
      <span className="k-soft k-break">
        {lesson.file.name} · {bytes(lesson.file.bytes)}
      </span>
    </p>
  );
}

/** The text; how far it was read is remembered, and found again. */
function Reading({ course, lesson, progress }: { course: string; lesson: LessonItem; progress: Props['progress'] | null }) {
  const box = useRef<HTMLDivElement>(null);
  const first = useRef(progress?.standing(lesson));
  const report = progress?.report;
  const latest = useRef(report);
  useEffect(() => {
    latest.current = report;
  });
  const learns = progress !== null;
  useEffect(() => {
    const text = box.current;
    if (!learns || !text) return undefined;
    const before = first.current;
    // A text that fits the screen has no place to go back to.
    if (before && !before.done && before.position > 0.1 && text.offsetHeight > window.innerHeight) {
      window.scrollTo({ top: text.offsetTop + before.position * text.offsetHeight - window.innerHeight * 0.8 });
    }
    let furthest = before?.position ?? 0;
    let waiting: ReturnType<typeof setTimeout> | null = null;
    const tell = () => {
      waiting = null;
      latest.current?.(lesson.id, { position: furthest, watched_s: 0, done: false });
    };
    const look = () => {
      const { top, height } = text.getBoundingClientRect();
      const share = height > 0 ? Math.min(1, Math.max(0, (window.innerHeight - top) / height)) : 0;
      if (share <= furthest + 0.02) return;
      furthest = share;
      waiting ??= setTimeout(tell, 3000);
    };
    look();
    window.addEventListener('scroll', look, { passive: true });
    return () => {
      window.removeEventListener('scroll', look);
      if (waiting) {
        clearTimeout(waiting);
        tell();
      }
    };
  }, [learns, lesson.id]);
  return (
    <div ref={box}>
      <Markdown course={course} text={lesson.body} />
    </div>
  );
}
