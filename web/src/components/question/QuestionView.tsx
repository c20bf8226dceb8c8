import { CheckOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { QuestionKey } from '@/api/types';
import { RichText } from './RichText';
import './question.css';

interface Props {
  text: string;
  answer: QuestionKey;
  /** Options in the order in which they are shown; written order if not said. */
  order?: number[];
}

export const letter = (at: number) => String.fromCharCode(65 + at);

const percent = (share: number) => `${Math.round(share * 1000) / 10}%`;

/** A question as it is asked, with what is right beside it. For those who may know. */
export function QuestionView({ text, answer, order }: Props) {
  return (
    <div className="k-stack-tight">
      <p>
        <RichText text={text} />
      </p>
      <Key answer={answer} {...(order ? { order } : {})} />
    </div>
  );
}

function Key({ answer, order }: Omit<Props, 'text'>) {
  const { t } = useTranslation('questions');
  switch (answer.kind) {
    case 'single':
    case 'multiple': {
      const shown = order && order.length > 0 ? order : answer.options.map((_option, at) => at);
      return (
        <ol className="k-plain-list question-options">
          {shown.map((index, at) => {
            const option = answer.options[index];
            if (!option) return null;
            const right = option.share > 0;
            return (
              <li key={index} data-right={right || undefined}>
                <span className="question-letter">{letter(at)}</span>
                <span>
                  <RichText text={option.text} />
                  {right && (
                    <span className="question-right">
                      <CheckOutlined aria-hidden /> {option.share < 1 ? t('view.part', { share: percent(option.share) }) : t('view.right')}
                    </span>
                  )}
                  {option.share < 0 && <span className="k-faint k-small"> {t('view.minus', { share: percent(-option.share) })}</span>}
                  {option.feedback && <span className="k-faint k-small question-note">{option.feedback}</span>}
                </span>
              </li>
            );
          })}
        </ol>
      );
    }
    case 'true_false':
      return (
        <p className="question-right">{t('view.answer', { answer: answer.answer ? t('true') : t('false') })}</p>
      );
    case 'fill_in':
      return (
        <ul className="k-plain-list k-stack-tight">
          {answer.accepted.map((accepted, at) => (
            <li key={at}>
              <span className={accepted.share > 0 ? 'question-right' : 'k-faint'}>
                {accepted.share > 0 && <CheckOutlined aria-hidden />} {accepted.text} {accepted.share < 1 && t('view.part', { share: percent(accepted.share) })}
              </span>
              {accepted.feedback && <span className="k-faint k-small question-note">{accepted.feedback}</span>}
            </li>
          ))}
          {answer.case_sensitive && <li className="k-faint k-small">{t('form.caseSensitive')}</li>}
        </ul>
      );
    case 'short_answer':
      return (
        <dl className="question-model">
          <dt>{t('field.model')}</dt>
          <dd>{answer.model ? <RichText text={answer.model} /> : <span className="k-faint">{t('view.noModel')}</span>}</dd>
          {answer.rubric && (
            <>
              <dt>{t('field.rubric')}</dt>
              <dd>
                <RichText text={answer.rubric} />
              </dd>
            </>
          )}
        </dl>
      );
  }
}
