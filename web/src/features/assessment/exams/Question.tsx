import { Checkbox, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AnswerResponse, AskedQuestion } from '@/api/types';

/** Long enough for the next keystroke, short enough for nobody to wait for it. */
const TYPING_MS = 800;

interface Props {
  item: AskedQuestion;
  response: AnswerResponse | undefined;
  onAnswer: (response: AnswerResponse, delayMs?: number) => void;
}

/** A question with the places for its answer, large enough for thumbs. */
export function Question({ item, response, onAnswer }: Props) {
  const { t } = useTranslation('exams');
  return (
    <section className="k-stack-tight" aria-label={item.text}>
      <p className="k-faint">
        {t(`sit.kind.${item.kind}`)} · {t('sit.points', { points: item.points })}
      </p>
      <h2 className="sit-text">{item.text}</h2>
      <Field item={item} response={response} onAnswer={onAnswer} />
    </section>
  );
}

function Field({ item, response, onAnswer }: Props) {
  const { t } = useTranslation('exams');
  switch (item.kind) {
    case 'single':
      return (
        <Radio.Group className="sit-options" value={response?.kind === 'single' ? response.option : null} onChange={({ target }) => onAnswer({ kind: 'single', option: target.value as number })}>
          {item.options.map(({ number, text }) => (
            <Radio key={number} value={number} className="sit-option">
              {text}
            </Radio>
          ))}
        </Radio.Group>
      );
    case 'multiple':
      return (
        <Checkbox.Group className="sit-options" value={response?.kind === 'multiple' ? response.options : []} onChange={(options) => onAnswer({ kind: 'multiple', options: options as number[] })}>
          {item.options.map(({ number, text }) => (
            <Checkbox key={number} value={number} className="sit-option">
              {text}
            </Checkbox>
          ))}
        </Checkbox.Group>
      );
    case 'true_false':
      return (
        <Radio.Group className="sit-options" value={response?.kind === 'true_false' ? response.answer : null} onChange={({ target }) => onAnswer({ kind: 'true_false', answer: target.value as boolean })}>
          {[true, false].map((value) => (
            <Radio key={String(value)} value={value} className="sit-option">
              {value ? t('sit.true') : t('sit.false')}
            </Radio>
          ))}
        </Radio.Group>
      );
    case 'fill_in':
      return (
        <Input
          size="large"
          aria-label={t('sit.write')}
          placeholder={t('sit.write')}
          maxLength={500}
          autoComplete="off"
          value={response?.kind === 'fill_in' ? response.text : ''}
          onChange={({ target }) => onAnswer({ kind: 'fill_in', text: target.value }, TYPING_MS)}
        />
      );
    case 'short_answer':
      return (
        <Input.TextArea
          size="large"
          aria-label={t('sit.write')}
          placeholder={t('sit.write')}
          maxLength={10_000}
          autoSize={{ minRows: 6, maxRows: 16 }}
          value={response?.kind === 'short_answer' ? response.text : ''}
          onChange={({ target }) => onAnswer({ kind: 'short_answer', text: target.value }, TYPING_MS)}
        />
      );
  }
}
