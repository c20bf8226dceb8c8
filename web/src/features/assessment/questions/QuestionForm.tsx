import { AutoComplete, Checkbox, Form, Input, Modal, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { competences, questionKinds, type QuestionItem, type QuestionKey, type QuestionKind } from '@/api/types';
import { keepsTyped } from '@/components/keepsTyped';
import { fieldErrors, useProblemText } from '@/components/problem';
import { asKind, emptyKey, faultOf, tidy } from './key';
import { KeyEditor } from './KeyEditor';
import { useSaveQuestion, useTopics, type QuestionForm as Fields } from './queries';
import './questions.css';

interface Props {
  /** Which to change; null writes a new one. */
  question: QuestionItem | null;
  onClose: () => void;
  onSaved?: (id: string) => void;
}

type Values = Omit<Fields, 'state'> & { draft: boolean };

const fresh: Values = { text: '', key: emptyKey('single'), topic: '', competence: null, difficulty: 3, explanation: '', draft: false };

/** Writes or changes a question. */
export function QuestionForm({ question, onClose, onSaved }: Props) {
  const { t } = useTranslation('questions');
  const { t: common } = useTranslation();
  const problem = useProblemText();
  const [form] = Form.useForm<Values>();
  const save = useSaveQuestion(question);
  const topics = useTopics().data?.items ?? [];
  const mayBeDraft = question === null || question.state === 'draft';
  const submit = ({ draft, ...values }: Values) =>
    save.mutate(
      { ...values, key: tidy(values.key), competence: values.competence ?? null, ...(mayBeDraft ? { state: draft ? ('draft' as const) : ('active' as const) } : {}) },
      {
        onSuccess: (saved) => {
          feedback.success(common('saved'));
          onClose();
          onSaved?.(saved.id);
        },
        onError: (error) => {
          form.setFields(fieldErrors(error) as Parameters<typeof form.setFields>[0]);
          feedback.error(problem(error));
        },
      },
    );
  const key = Form.useWatch<QuestionKey | undefined>('key', form) ?? question?.key ?? fresh.key;
  const checkKey = (_rule: unknown, value: QuestionKey) => {
    const fault = faultOf(value);
    return fault ? Promise.reject(new Error(t(`fault.${fault}`))) : Promise.resolve();
  };
  return (
    <Modal
      open
      {...keepsTyped}
      title={question ? t('form.edit') : t('form.add')}
      okText={common('save')}
      cancelText={common('cancel')}
      confirmLoading={save.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
      width={720}
    >
      <Form form={form} layout="vertical" initialValues={question ? { ...question, draft: question.state === 'draft' } : fresh} onFinish={submit}>
        <Form.Item label={t('field.kind')}>
          <Select<QuestionKind>
            aria-label={t('field.kind')}
            value={key.kind}
            onChange={(kind) => form.setFieldValue('key', asKind(key, kind))}
            options={questionKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
            style={{ width: 160 }}
          />
        </Form.Item>
        <Form.Item name="text" label={t('field.text')} extra={t('form.textHint')} rules={[{ required: true, whitespace: true, message: t('form.needed') }]}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 12 }} maxLength={8000} />
        </Form.Item>
        <Form.Item name="key" label={t('field.key')} rules={[{ validator: checkKey }]}>
          <KeyEditor />
        </Form.Item>
        <Form.Item name="explanation" label={t('field.explanation')} extra={t('form.explanationHint')}>
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 8 }} maxLength={8000} />
        </Form.Item>
        <div className="questions-form">
          <Form.Item name="topic" label={t('field.topic')} extra={t('form.topicHint')}>
            <AutoComplete options={topics.map(({ topic }) => ({ value: topic }))} showSearch={{ filterOption: true }} maxLength={100} />
          </Form.Item>
          <Form.Item name="competence" label={t('field.competence')}>
            <Select allowClear options={competences.map((value) => ({ value, label: common(`competence.${value}`) }))} />
          </Form.Item>
          <Form.Item name="difficulty" label={t('field.difficulty')}>
            <Segmented options={[1, 2, 3, 4, 5]} />
          </Form.Item>
        </div>
        {mayBeDraft && (
          <Form.Item name="draft" valuePropName="checked" style={{ marginBottom: 0 }}>
            <Checkbox>{t('form.draft')}</Checkbox>
          </Form.Item>
        )}
        {question && question.state !== 'draft' && <p className="k-faint k-small">{t('form.revisionHint')}</p>}
      </Form>
    </Modal>
  );
}
