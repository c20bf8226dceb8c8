import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { QuestionKey } from '@/api/types';
import { letter } from '@/components/question/QuestionView';
import { isStrict, weighed } from './key';

interface Props {
  value?: QuestionKey;
  onChange?: (key: QuestionKey) => void;
}

const MOST = 20;

/** Writes down what is right, by kind of question. A field of an Ant Design form. */
export function KeyEditor({ value, onChange = () => undefined }: Props) {
  switch (value?.kind) {
    case 'single':
    case 'multiple':
      return <Options value={value} onChange={onChange} />;
    case 'true_false':
      return <Truth value={value} onChange={onChange} />;
    case 'fill_in':
      return <Words value={value} onChange={onChange} />;
    case 'short_answer':
      return <Sentences value={value} onChange={onChange} />;
    default:
      return null;
  }
}

type Of<K extends QuestionKey['kind']> = { value: Extract<QuestionKey, { kind: K }>; onChange: (key: QuestionKey) => void };

function Options({ value, onChange }: Of<'single' | 'multiple'>) {
  const { t } = useTranslation('questions');
  const { kind, options } = value;
  const strict = isStrict(options);
  const right = options.flatMap(({ share }, at) => (share > 0 ? [at] : []));
  const put = (next: typeof options) => onChange({ kind, options: next });
  const mark = (at: number) => {
    const others = kind === 'single' ? [] : right.filter((one) => one !== at);
    const marked = kind === 'multiple' && right.includes(at) ? others : [...others, at];
    put(weighed(options, marked, kind, strict));
  };
  const Mark = kind === 'single' ? Radio : Checkbox;
  return (
    <div className="k-stack-tight">
      {options.map((option, at) => (
        <div key={at} className="questions-line">
          <Mark checked={option.share > 0} onChange={() => mark(at)} aria-label={t('form.rightOption', { letter: letter(at) })}>
            {letter(at)}
          </Mark>
          <Input.TextArea
            autoSize
            aria-label={t('form.option', { letter: letter(at) })}
            value={option.text}
            onChange={({ target }) => put(options.map((one, index) => (index === at ? { ...one, text: target.value } : one)))}
          />
          <Button
            type="text"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('form.dropOption', { letter: letter(at) })}
            disabled={options.length <= 2}
            onClick={() => {
              const kept = options.filter((_one, index) => index !== at);
              const still = kept.flatMap(({ share }, index) => (share > 0 ? [index] : []));
              put(weighed(kept, still, kind, strict));
            }}
          />
        </div>
      ))}
      <div className="k-row">
        <Button size="small" icon={<PlusOutlined aria-hidden />} disabled={options.length >= MOST} onClick={() => put([...options, { text: '', share: strict && kind === 'multiple' && right.length > 0 ? -1 : 0, feedback: '' }])}>
          {t('form.addOption')}
        </Button>
        {kind === 'multiple' && (
          <Checkbox checked={strict} disabled={right.length === 0} onChange={({ target }) => put(weighed(options, right, kind, target.checked))}>
            {t('form.strict')}
          </Checkbox>
        )}
      </div>
      <span className="k-faint k-small">{kind === 'single' ? t('form.singleHint') : t('form.multipleHint')}</span>
    </div>
  );
}

function Truth({ value, onChange }: Of<'true_false'>) {
  const { t } = useTranslation('questions');
  return (
    <Radio.Group
      value={value.answer}
      onChange={({ target }) => onChange({ kind: 'true_false', answer: target.value === true })}
      options={[
        { value: true, label: t('true') },
        { value: false, label: t('false') },
      ]}
    />
  );
}

function Words({ value, onChange }: Of<'fill_in'>) {
  const { t } = useTranslation('questions');
  const { accepted } = value;
  const put = (next: typeof accepted) => onChange({ ...value, accepted: next });
  return (
    <div className="k-stack-tight">
      {accepted.map((answer, at) => (
        <div key={at} className="questions-line">
          <Input
            aria-label={t('form.answer', { number: at + 1 })}
            value={answer.text}
            onChange={({ target }) => put(accepted.map((one, index) => (index === at ? { ...one, text: target.value } : one)))}
            suffix={answer.share < 1 ? <span className="k-faint k-small">{Math.round(answer.share * 100)}%</span> : undefined}
          />
          <Button type="text" icon={<DeleteOutlined aria-hidden />} aria-label={t('form.dropAnswer', { number: at + 1 })} disabled={accepted.length <= 1} onClick={() => put(accepted.filter((_one, index) => index !== at))} />
        </div>
      ))}
      <div className="k-row">
        <Button size="small" icon={<PlusOutlined aria-hidden />} disabled={accepted.length >= MOST} onClick={() => put([...accepted, { text: '', share: 1, feedback: '' }])}>
          {t('form.addAnswer')}
        </Button>
        <Checkbox checked={value.case_sensitive} onChange={({ target }) => onChange({ ...value, case_sensitive: target.checked })}>
          {t('form.caseSensitive')}
        </Checkbox>
      </div>
      <span className="k-faint k-small">{t('form.wordsHint')}</span>
    </div>
  );
}

function Sentences({ value, onChange }: Of<'short_answer'>) {
  const { t } = useTranslation('questions');
  return (
    <div className="k-stack-tight">
      <Input.TextArea autoSize={{ minRows: 2 }} aria-label={t('field.model')} placeholder={t('form.modelHint')} value={value.model} onChange={({ target }) => onChange({ ...value, model: target.value })} />
      <Input.TextArea autoSize={{ minRows: 2 }} aria-label={t('field.rubric')} placeholder={t('form.rubricHint')} value={value.rubric} onChange={({ target }) => onChange({ ...value, rubric: target.value })} />
    </div>
  );
}
