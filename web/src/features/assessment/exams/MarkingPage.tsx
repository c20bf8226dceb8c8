import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useAddress, useScopedTo } from '@/app/address';
import { feedback } from '@/app/feedback';
import type { AnswerToMark, QuestionToMark } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { Go } from '@/components/Go';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { useProblemText } from '@/components/problem';
import { Trouble } from '@/components/Trouble';
import { useAnswers, useMark, useMarking } from './queries';
import './exams.css';

const keyOf = ({ question, revision }: QuestionToMark) => `${question}.${revision}`;

/** Marking answers question by question, without names. */
export default function MarkingPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation('exams');
  const to = useScopedTo();
  const { get, set } = useAddress();
  const marking = useMarking(id);
  const questions = marking.data?.questions ?? [];
  const chosen = questions.find((question) => keyOf(question) === get('question')) ?? questions.find(({ answers, marked }) => marked < answers) ?? questions[0];
  return (
    <Page title={t('marking.title', { title: marking.data?.title ?? '' })} lead={t('marking.lead')} actions={<Link to={to(`/exams/${id}`)}>{t('marking.back')}</Link>}>
      {marking.error && <Trouble error={marking.error} onRetry={() => void marking.refetch()} />}
      {marking.isPending && <Loading rows={6} />}
      {marking.data && !chosen && (
        <EmptyState title={t('marking.none')} text={t('marking.noneText')}>
          <Go to={`/exams/${id}`}>{t('marking.back')}</Go>
        </EmptyState>
      )}
      {chosen && (
        <>
          <Select
            aria-label={t('marking.question')}
            value={keyOf(chosen)}
            onChange={(question) => set({ question })}
            options={questions.map((question) => ({ value: keyOf(question), label: `${question.text.slice(0, 40)} · ${t('marking.progress', { marked: question.marked, answers: question.answers })}` }))}
          />
          <Asked question={chosen} />
          <Answers key={keyOf(chosen)} exam={id} question={chosen} />
        </>
      )}
    </Page>
  );
}

function Asked({ question }: { question: QuestionToMark }) {
  const { t } = useTranslation('exams');
  return (
    <section className="k-stack-tight">
      <h2 className="marking-answer">{question.text}</h2>
      {question.model && (
        <p className="marking-answer">
          <span className="k-faint">{t('marking.model')}：</span>
          {question.model}
        </p>
      )}
      {question.rubric && (
        <p className="marking-answer">
          <span className="k-faint">{t('marking.rubric')}：</span>
          {question.rubric}
        </p>
      )}
    </section>
  );
}

function Answers({ exam, question }: { exam: string; question: QuestionToMark }) {
  const { t } = useTranslation('exams');
  const { t: common } = useTranslation();
  const list = useAnswers(exam, question.question, question.revision);
  if (list.blocked) return <Trouble error={list.blocked} onRetry={list.retry} />;
  if (list.loading) return <Loading rows={6} />;
  return (
    <section className="k-stack-tight">
      <p className="k-soft">{question.marked < question.answers ? t('marking.progress', { marked: question.marked, answers: question.answers }) : t('marking.allDone')}</p>
      <ul className="k-plain-list k-stack-tight">
        {list.items.map((answer) => (
          <li key={answer.id} className="k-panel k-stack-tight">
            <p className="marking-answer">{answer.response}</p>
            {answer.points === null ? <MarkFields answer={answer} /> : <Marked answer={answer} />}
          </li>
        ))}
      </ul>
      {list.error && <Trouble error={list.error} onRetry={list.retry} />}
      {list.hasMore && (
        <Button loading={list.loadingMore} onClick={list.loadMore}>
          {common('table.more')}
        </Button>
      )}
    </section>
  );
}

function Marked({ answer }: { answer: AnswerToMark }) {
  const { t } = useTranslation('exams');
  return (
    <p>
      <span className="k-done">{t('marking.saved')}</span> {t('marking.marked', { points: answer.points })}
      {answer.comment && <span className="k-soft marking-answer"> · {answer.comment}</span>}
    </p>
  );
}

function MarkFields({ answer }: { answer: AnswerToMark }) {
  const { t } = useTranslation('exams');
  const problem = useProblemText();
  const mark = useMark();
  const [points, setPoints] = useState<number | null>(null);
  const [comment, setComment] = useState('');
  const save = () => {
    if (points === null) return;
    mark.mutate(
      { id: answer.id, points, comment, version: answer.version },
      { onSuccess: () => feedback.success(t('marking.saved')), onError: (error) => feedback.error(problem(error)) },
    );
  };
  return (
    <div className="marking-fields">
      <label className="k-stack-tight">
        {t('marking.points', { worth: answer.worth })}
        <InputNumber controls={false} min={0} max={answer.worth} step={0.5} value={points} onChange={setPoints} onPressEnter={save} style={{ width: '100%' }} />
      </label>
      <label className="k-stack-tight">
        {t('marking.comment')}
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} maxLength={2000} value={comment} onChange={({ target }) => setComment(target.value)} />
      </label>
      <div>
        <Button disabled={points === null} loading={mark.isPending} onClick={save}>
          {t('marking.save')}
        </Button>
      </div>
    </div>
  );
}
