import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useScopedTo } from '@/app/address';
import './thread.css';

export const threadSteps = ['conversations', 'weakSpot', 'need', 'planItem', 'class', 'exam', 'effect'] as const;
export type ThreadStep = (typeof threadSteps)[number];

export interface StepShown {
  step: ThreadStep;
  /** It has happened: filled. */
  done: boolean;
  /** The page one is on stands here. */
  here: boolean;
  /** Name, link or list. */
  content: ReactNode;
  /** What a hollow one means, for who cannot see it. */
  hollow?: string;
}

/** The line that all threads share: filled where it has happened, hollow where it has not. */
export function ThreadLine({ steps, wrap = false }: { steps: StepShown[]; wrap?: boolean }) {
  const { t } = useTranslation();
  return (
    <ol className="thread" aria-label={t('thread.label')} data-wrap={wrap || undefined}>
      {steps.map(({ step, done, here, content, hollow }, at) => (
        <Fragment key={step}>
          {at > 0 && <li className="thread-line" aria-hidden data-done={(done && steps[at - 1]?.done) || undefined} />}
          <li className="thread-step" data-done={done || undefined} aria-current={here ? 'step' : undefined}>
            <span className="thread-dot" aria-hidden />
            {content}
            {!done && <span className="k-hidden">{hollow ?? t('thread.toCome')}</span>}
          </li>
        </Fragment>
      ))}
    </ol>
  );
}

interface Props {
  /** The last step that has happened. */
  reached: ThreadStep;
  /** Where the steps that exist can be seen. */
  links?: Partial<Record<ThreadStep, string>>;
}

/** The chain of a page that stands for no single thing: how far this page's matter has come. */
export function Thread({ reached, links = {} }: Props) {
  const { t } = useTranslation();
  const to = useScopedTo();
  const last = threadSteps.indexOf(reached);
  const steps = threadSteps.map((step, at) => {
    const done = at <= last;
    const link = links[step];
    const name = t(`thread.${step}`);
    return { step, done, here: at === last, content: done && link ? <Link to={to(link)}>{name}</Link> : name };
  });
  return <ThreadLine steps={steps} />;
}
