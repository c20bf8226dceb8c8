import { Button, Checkbox, Drawer, Form, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import type { DrawRule, PaperDetail } from '@/api/types';
import { keepsTyped } from '@/components/keepsTyped';
import { useProblemText } from '@/components/problem';
import { FixedEditor, type Chosen } from './FixedEditor';
import { RulesEditor } from './RulesEditor';
import { useSavePaper } from './queries';

interface Props {
  /** Which to change; null puts a new one together. */
  paper: PaperDetail | null;
  onClose: () => void;
  onSaved?: (id: string) => void;
}

interface Values {
  title: string;
  shuffle_questions: boolean;
  shuffle_options: boolean;
}

const newRule: DrawRule = { topic: null, competence: null, question_kind: null, difficulty_from: 1, difficulty_to: 5, count: 5, points: 2 };

/** The questions of a fixed paper with their points. */
function chosenOf(paper: PaperDetail | null): Chosen[] {
  const content = paper?.content;
  if (content?.kind !== 'fixed') return [];
  return content.questions.flatMap(({ question, points }) => {
    const found = paper?.questions.find(({ id }) => id === question);
    return found ? [{ ...found, points }] : [];
  });
}

/** Puts a paper together, or changes one. */
export function PaperForm({ paper, onClose, onSaved }: Props) {
  const { t } = useTranslation('papers');
  const { t: common } = useTranslation();
  const problem = useProblemText();
  const [form] = Form.useForm<Values>();
  const [kind, setKind] = useState<'fixed' | 'drawn'>(paper?.content.kind ?? 'fixed');
  const [chosen, setChosen] = useState(() => chosenOf(paper));
  const [rules, setRules] = useState<DrawRule[]>(paper?.content.kind === 'drawn' ? paper.content.rules : [newRule]);
  const save = useSavePaper(paper);
  const empty = kind === 'fixed' ? chosen.length === 0 : rules.length === 0;
  const submit = (values: Values) => {
    const content = kind === 'fixed' ? { kind, questions: chosen.map(({ id, points }) => ({ question: id, points })) } : { kind, rules };
    save.mutate(
      { ...values, content },
      {
        onSuccess: (saved) => {
          feedback.success(common('saved'));
          onClose();
          onSaved?.(saved.id);
        },
        onError: (error) => feedback.error(problem(error)),
      },
    );
  };
  return (
    <Drawer
      open
      {...keepsTyped}
      onClose={onClose}
      size={760}
      title={paper ? t('form.edit') : t('form.add')}
      footer={
        <div className="k-spread">
          <span className="k-faint k-small">{empty ? t('form.noContent') : paper ? t('form.changeHint') : ''}</span>
          <span className="k-row papers-buttons">
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button type="primary" disabled={empty} loading={save.isPending} onClick={() => form.submit()}>
              {common('save')}
            </Button>
          </span>
        </div>
      }
    >
      <Form form={form} layout="vertical" onFinish={submit} initialValues={paper ?? { title: '', shuffle_questions: true, shuffle_options: true }}>
        <Form.Item name="title" label={t('field.title')} rules={[{ required: true, whitespace: true, message: t('form.needed') }]}>
          <Input maxLength={200} />
        </Form.Item>
        <div className="k-row-wide">
          <Form.Item name="shuffle_questions" valuePropName="checked">
            <Checkbox>{t('form.shuffleQuestions')}</Checkbox>
          </Form.Item>
          <Form.Item name="shuffle_options" valuePropName="checked">
            <Checkbox>{t('form.shuffleOptions')}</Checkbox>
          </Form.Item>
        </div>
      </Form>
      <div className="k-stack">
        <Segmented<'fixed' | 'drawn'> value={kind} onChange={setKind} options={(['fixed', 'drawn'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))} style={{ alignSelf: 'start' }} />
        {kind === 'fixed' ? <FixedEditor chosen={chosen} onChange={setChosen} /> : <RulesEditor rules={rules} onChange={setRules} fresh={newRule} />}
      </div>
    </Drawer>
  );
}
