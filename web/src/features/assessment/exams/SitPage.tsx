import { Alert, Button, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useScopedTo } from '@/app/address';
import { feedback } from '@/app/feedback';
import { blockedBy } from '@/api/queries';
import type { Sitting } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { Go } from '@/components/Go';
import { Loading } from '@/components/Loading';
import { useProblemText } from '@/components/problem';
import { Trouble } from '@/components/Trouble';
import type { Delivery, Outbox } from './outbox';
import { Question } from './Question';
import { useExam, useSitting, useSubmit } from './queries';
import { countdown } from './times';
import { isAnswered, useSeat, useSecondsLeft } from './useSeat';
import './exams.css';

/** Sitting an exam: one question at a time, each answer saved as it is given. */
export default function SitPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation('exams');
  const exam = useExam(id);
  const open = exam.data?.own?.tries.find(({ state }) => state === 'sitting')?.id ?? null;
  const seat = useSitting(open);
  useEffect(() => {
    document.title = t('sit.title');
  }, [t]);
  const blocked = [exam, seat].find(blockedBy);
  if (blocked) return <Trouble error={blocked.error} onRetry={() => void blocked.refetch()} />;
  if (exam.data && (!open || (seat.data && seat.data.sitting.state !== 'sitting'))) {
    return (
      <EmptyState title={t('sit.none')} text={t('sit.noneText')}>
        <Go to={`/exams/${id}`}>{t('sit.toExam')}</Go>
      </EmptyState>
    );
  }
  if (!seat.data) return <Loading rows={6} />;
  return <Room key={seat.data.sitting.attempt} sitting={seat.data.sitting} aheadMs={seat.data.aheadMs} />;
}

function Room({ sitting, aheadMs }: { sitting: Sitting; aheadMs: number }) {
  const { t } = useTranslation('exams');
  const [at, setAt] = useState(0);
  const [asking, setAsking] = useState(false);
  const leave = useLeave(sitting);
  const { outbox, answers, answer } = useSeat(sitting, aheadMs, leave.over);
  const handIn = useHandIn(sitting, outbox, leave);
  const seconds = useSecondsLeft(sitting.deadline, aheadMs);
  useAtEnd(seconds, () => void handIn(true));
  const item = sitting.items[at];
  if (!item) return null;
  const open = sitting.items.filter(({ n }) => !isAnswered(answers.get(n)));
  const go = (index: number) => {
    void outbox.flush();
    setAsking(false);
    setAt(index);
    window.scrollTo({ top: 0 });
  };
  const last = at === sitting.items.length - 1;
  return (
    <div className="sit">
      <Head title={sitting.title} seconds={seconds} delivery={outbox.delivery()} />
      {outbox.delivery() === 'failed' && <Alert type="warning" showIcon title={t('sit.failedText')} />}
      <p className="k-soft">{t('sit.question', { n: item.n, count: sitting.items.length })}</p>
      <Question key={item.n} item={item} response={answers.get(item.n)} onAnswer={(response, delayMs) => answer(item.n, response, delayMs)} />
      <div className="sit-move">
        <Button disabled={at === 0} onClick={() => go(at - 1)}>
          {t('sit.previous')}
        </Button>
        {last ? (
          <Button type="primary" onClick={() => setAsking(true)}>
            {t('sit.submit')}
          </Button>
        ) : (
          <Button type="primary" onClick={() => go(at + 1)}>
            {t('sit.next')}
          </Button>
        )}
      </div>
      <section className="k-stack-tight" aria-label={t('sit.overview')}>
        <div className="k-spread">
          <h3>{t('sit.overview')}</h3>
          <span className="k-soft">{t('sit.answered', { done: sitting.items.length - open.length, count: sitting.items.length })}</span>
        </div>
        <Numbers items={sitting.items} isDone={(n) => isAnswered(answers.get(n))} current={item.n} onGo={go} />
        {!last && <Button onClick={() => setAsking(true)}>{t('sit.submit')}</Button>}
        <p className="k-faint k-small">{t('sit.watched')}</p>
      </section>
      <Modal open={asking} title={t('sit.submitAsk')} okText={open.length > 0 ? t('sit.submitAnyway') : t('sit.submit')} cancelText={t('sit.back')} onCancel={() => setAsking(false)} onOk={() => handIn(false)}>
        {open.length === 0 ? <p>{t('sit.submitAll')}</p> : <p>{t('sit.submitOpen', { count: open.length })}</p>}
        <Numbers items={open} isDone={() => false} current={null} onGo={(index) => go(sitting.items.findIndex(({ n }) => n === open[index]?.n))} />
      </Modal>
    </div>
  );
}

function Head({ title, seconds, delivery }: { title: string; seconds: number; delivery: Delivery }) {
  const { t } = useTranslation('exams');
  const tone = seconds < 60 ? 'k-urgent' : seconds < 300 ? 'k-soon' : '';
  const said = { saved: 'k-done', saving: 'k-faint', failed: 'k-urgent' }[delivery];
  return (
    <header className="sit-head">
      <div className="k-break">
        <strong>{title}</strong>
        <div role="status" className={`k-small ${said}`}>
          {t(`sit.${delivery}`)}
        </div>
      </div>
      <span className={`sit-clock ${tone}`} role="timer" aria-label={t('sit.left')}>
        {countdown(seconds)}
      </span>
    </header>
  );
}

interface NumbersProps {
  items: Sitting['items'];
  isDone: (n: number) => boolean;
  current: number | null;
  onGo: (index: number) => void;
}

function Numbers({ items, isDone, current, onGo }: NumbersProps) {
  return (
    <div className="sit-numbers">
      {items.map(({ n }, index) => (
        <button key={n} type="button" className="sit-number" data-done={isDone(n) || undefined} aria-current={n === current ? 'step' : undefined} onClick={() => onGo(index)}>
          {n}
        </button>
      ))}
    </div>
  );
}

interface Leave {
  submitted: () => void;
  over: (undelivered: number) => void;
}

/** Back to the exam, with a word why; at the end of the time, also how many answers the server never got. */
function useLeave(sitting: Sitting): Leave {
  const { t } = useTranslation('exams');
  const navigate = useNavigate();
  const to = useScopedTo();
  const back = () => void navigate(to(`/exams/${sitting.exam}`), { replace: true });
  return {
    submitted: () => {
      feedback.success(t('sit.submitted'));
      back();
    },
    over: (undelivered) => {
      if (undelivered > 0) feedback.error(t('sit.undelivered', { count: undelivered }));
      else feedback.success(t('sit.over'));
      back();
    },
  };
}

/** Hands in once everything is saved; at the end of the time, with what is saved. */
function useHandIn(sitting: Sitting, outbox: Outbox, leave: Leave) {
  const { t } = useTranslation('exams');
  const problem = useProblemText();
  const submit = useSubmit(sitting.attempt);
  return async (timeIsOver: boolean) => {
    const everything = await outbox.flush();
    // The server said meanwhile that the time is over: that was told.
    if (outbox.closed()) return;
    const undelivered = outbox.unsent().size;
    if (!everything && !timeIsOver) {
      feedback.error(t('sit.unsaved'));
      return;
    }
    try {
      await submit.mutateAsync();
      outbox.clear();
      if (timeIsOver) leave.over(undelivered);
      else leave.submitted();
    } catch (error) {
      // At the end of the time the server hands it in by itself.
      if (timeIsOver) leave.over(undelivered);
      else feedback.error(problem(error));
    }
  };
}

/** Does something once when the time is over. */
function useAtEnd(seconds: number, deed: () => void): void {
  const done = useRef(false);
  useEffect(() => {
    if (seconds > 0 || done.current) return;
    done.current = true;
    deed();
  }, [seconds, deed]);
}
