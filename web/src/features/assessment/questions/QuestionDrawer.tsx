import { EditOutlined } from '@ant-design/icons';
import { Button, Collapse, Descriptions, Drawer, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { useRight } from '@/app/session';
import type { QuestionDetail, QuestionState } from '@/api/types';
import { useFormat } from '@/components/format';
import { Loading } from '@/components/Loading';
import { useProblemText } from '@/components/problem';
import { QuestionView } from '@/components/question/QuestionView';
import { RichText } from '@/components/question/RichText';
import { Trouble } from '@/components/Trouble';
import { useQuestion, useSaveQuestion } from './queries';
import { QuestionForm } from './QuestionForm';

/** One question: as it is asked, what is right, and what it asked before. */
export function QuestionDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useTranslation('questions');
  return (
    <Drawer open={id !== null} onClose={onClose} size={560} title={t('one')} mask={false} destroyOnHidden data-testid="question-detail">
      {id && <Detail key={id} id={id} />}
    </Drawer>
  );
}

function Detail({ id }: { id: string }) {
  const found = useQuestion(id);
  if (found.error && !found.data) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  return <Loaded question={found.data} />;
}

function Loaded({ question }: { question: QuestionDetail }) {
  const { t } = useTranslation('questions');
  const { t: common } = useTranslation();
  const mayWrite = useRight('question:write');
  const problem = useProblemText();
  const save = useSaveQuestion(question);
  const [editing, setEditing] = useState(false);
  const move = (state: QuestionState) => save.mutate({ state }, { onSuccess: () => feedback.success(common('saved')), onError: (error) => feedback.error(problem(error)) });
  const facts = [
    ['topic', question.topic || '—'],
    ['competence', question.competence ? common(`competence.${question.competence}`) : '—'],
    ['difficulty', String(question.difficulty)],
  ] as const;
  return (
    <div className="k-stack">
      <div className="k-spread">
        <span className="k-row">
          <Tag>{t(`kind.${question.kind}`)}</Tag>
          <span className="k-faint">{t(`state.${question.state}`)}</span>
        </span>
        {mayWrite && (
          <span className="k-row">
            {question.state === 'active' ? (
              <Button loading={save.isPending} onClick={() => move('retired')}>
                {t('retire')}
              </Button>
            ) : (
              <Button loading={save.isPending} onClick={() => move('active')}>
                {t('activate')}
              </Button>
            )}
            <Button icon={<EditOutlined aria-hidden />} onClick={() => setEditing(true)}>
              {common('edit')}
            </Button>
          </span>
        )}
      </div>
      <QuestionView text={question.text} answer={question.key} />
      {question.explanation && (
        <section>
          <h3>{t('field.explanation')}</h3>
          <RichText text={question.explanation} />
        </section>
      )}
      <Descriptions column={1} size="small" items={facts.map(([field, value]) => ({ key: field, label: t(`field.${field}`), children: value }))} />
      {question.revisions.length > 1 && <Revisions question={question} />}
      {editing && <QuestionForm question={question} onClose={() => setEditing(false)} />}
    </div>
  );
}

function Revisions({ question }: { question: QuestionDetail }) {
  const { t } = useTranslation('questions');
  const { time } = useFormat();
  const items = question.revisions.slice(1).map((before) => ({
    key: before.revision,
    label: t('revision', { number: before.revision, at: time(before.made_at) }),
    children: <QuestionView text={before.text} answer={before.key} />,
  }));
  return (
    <section className="k-stack-tight">
      <h3>{t('revisions')}</h3>
      <p className="k-faint k-small">{t('revisionsText')}</p>
      <Collapse size="small" items={items} />
    </section>
  );
}
