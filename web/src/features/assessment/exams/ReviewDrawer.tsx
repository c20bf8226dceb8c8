import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AnswerResponse, ReviewedQuestion } from '@/api/types';
import { Loading } from '@/components/Loading';
import { Trouble } from '@/components/Trouble';
import { useReview } from './queries';

/** One's own attempt with what is right. */
export function ReviewDrawer({ attempt, onClose }: { attempt: string; onClose: () => void }) {
  const { t } = useTranslation('exams');
  const review = useReview(attempt);
  return (
    <Drawer open title={t('review.title')} onClose={onClose} size={560}>
      {review.error && <Trouble error={review.error} onRetry={() => void review.refetch()} />}
      {!review.data && !review.error && <Loading rows={6} />}
      <ol className="k-plain-list k-stack">
        {review.data?.items.map((item) => (
          <li key={item.n} className="k-stack-tight">
            <h3 className="sit-text">
              {item.n}. {item.text}
            </h3>
            <Answers item={item} />
          </li>
        ))}
      </ol>
    </Drawer>
  );
}

function Answers({ item }: { item: ReviewedQuestion }) {
  const { t } = useTranslation('exams');
  const { t: common } = useTranslation();
  const say = useSaid(item);
  return (
    <>
      <p className="k-spread">
        <span className="k-faint">{t('review.yours')}</span>
        <span className="k-soft">{t('page.points', { earned: item.earned ?? 0, possible: item.points })}</span>
      </p>
      <p className="marking-answer">{item.response ? say.response(item.response) || t('review.nothing') : t('review.nothing')}</p>
      {say.right && (
        <p className="marking-answer">
          <span className="k-faint">{common('labelled', { label: item.key.kind === 'short_answer' ? t('review.model') : t('review.right') })}</span>
          {say.right}
        </p>
      )}
      {item.comment && (
        <p className="marking-answer">
          <span className="k-faint">{common('labelled', { label: t('review.comment') })}</span>
          {item.comment}
        </p>
      )}
      {item.explanation && (
        <p className="marking-answer">
          <span className="k-faint">{common('labelled', { label: t('review.explanation') })}</span>
          {item.explanation}
        </p>
      )}
    </>
  );
}

/** Answers and what is right, in words. */
function useSaid({ key, options }: ReviewedQuestion) {
  const { t } = useTranslation('exams');
  const { t: common } = useTranslation();
  const named = (numbers: number[]) => numbers.map((number) => options.find((option) => option.number === number)?.text ?? '').join(common('listSeparator'));
  const truth = (value: boolean) => (value ? t('sit.true') : t('sit.false'));
  const response = (given: AnswerResponse): string => {
    if (given.kind === 'single') return given.option === null || given.option === undefined ? '' : named([given.option]);
    if (given.kind === 'multiple') return named(given.options);
    if (given.kind === 'true_false') return given.answer === null || given.answer === undefined ? '' : truth(given.answer);
    return given.text;
  };
  const right = (): string => {
    if (key.kind === 'single' || key.kind === 'multiple') return named(key.options.flatMap(({ share }, number) => (share > 0 ? [number] : [])));
    if (key.kind === 'true_false') return truth(key.answer);
    if (key.kind === 'fill_in') return key.accepted.map(({ text }) => text).join(common('listSeparator'));
    return key.model ?? '';
  };
  return { response, right: right() };
}
