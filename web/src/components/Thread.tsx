import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useScopedTo } from '@/app/address';
import './thread.css';

export const threadSteps = ['conversations', 'weakSpot', 'need', 'planItem', 'class', 'exam', 'effect'] as const;
export type ThreadStep = (typeof threadSteps)[number];

interface Props {
  /** The last step that has happened. */
  reached: ThreadStep;
  /** Where the steps that exist can be seen. */
  links?: Partial<Record<ThreadStep, string>>;
}

/** The chain from conversations to effect: filled where it has happened, hollow where it is to come. */
export function Thread({ reached, links = {} }: Props) {
  const { t } = useTranslation();
  const to = useScopedTo();
  const last = threadSteps.indexOf(reached);
  return (
    <ol className="thread" aria-label={t('thread.label')}>
      {threadSteps.map((step, at) => {
        const done = at <= last;
        const link = links[step];
        const name = t(`thread.${step}`);
        return (
          <Fragment key={step}>
            {at > 0 && <li className="thread-line" aria-hidden data-done={done || undefined} />}
            <li className="thread-step" data-done={done || undefined} aria-current={at === last ? 'step' : undefined}>
              <span className="thread-dot" aria-hidden />
              {done && link ? <Link to={to(link)}>{name}</Link> : name}
              {!done && <span className="k-hidden">{t('thread.toCome')}</span>}
            </li>
          </Fragment>
        );
      })}
    </ol>
  );
}
