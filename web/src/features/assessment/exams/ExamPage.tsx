import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useScopedTo } from '@/app/address';
import { feedback } from '@/app/feedback';
import { useMe } from '@/app/session';
import type { AttemptItem, ExamDetail } from '@/api/types';
import { useFormat } from '@/components/format';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { useProblemText } from '@/components/problem';
import { ThreadOf } from '@/components/ThreadOf';
import { Trouble } from '@/components/Trouble';
import { ManagedPart } from './ManagedPart';
import { useBegin, useCancelExam, useExam } from './queries';
import { ReviewDrawer } from './ReviewDrawer';
import { percent, Result, StandingTag } from './Standing';
import './exams.css';

/** An exam: one's own part in it, and what came of it for those one answers for. */
export default function ExamPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation('exams');
  const exam = useExam(id);
  if (exam.error && !exam.data) return <Page title={t('title')}><Trouble error={exam.error} onRetry={() => void exam.refetch()} /></Page>;
  if (!exam.data) return <Page title={t('title')}><Loading rows={6} /></Page>;
  return <Shown exam={exam.data} />;
}

function Shown({ exam }: { exam: ExamDetail }) {
  const { t } = useTranslation('exams');
  const { t: common } = useTranslation();
  const { time } = useFormat();
  const { zone } = useMe().tenant;
  const to = useScopedTo();
  return (
    <Page
      title={exam.title}
      lead={
        <>
          {common(`competence.${exam.competence}`)} · {t('window', { opens: time(exam.opens_at, zone), closes: time(exam.closes_at, zone) })}
          {exam.make_up_number > 0 && (
            <>
              {' · '}
              {exam.make_up_of ? <Link to={to(`/exams/${exam.make_up_of}`)}>{t('makeUp')}</Link> : t('makeUp')}
            </>
          )}
        </>
      }
      thread={exam.managed && <ThreadOf kind="exam" id={exam.id} />}
      actions={<Actions exam={exam} />}
    >
      {exam.cancelled && <p className="k-soft">{t('page.cancelled')}</p>}
      <Facts exam={exam} />
      {exam.own && <OwnPart exam={exam} own={exam.own} />}
      {exam.managed && <ManagedPart exam={exam} managed={exam.managed} />}
    </Page>
  );
}

function Facts({ exam }: { exam: ExamDetail }) {
  const { t, i18n } = useTranslation('exams');
  const limit = (share: number) => percent(share, i18n.language);
  const { excellent, good, pass } = exam.limits;
  return (
    <p className="exams-facts k-soft">
      <span>{t('minutes', { count: exam.minutes })}</span>
      <span>{exam.attempts === 1 ? t('attemptOne') : t('attemptsAll', { count: exam.attempts })}</span>
      <span>{t('page.limits', { excellent: limit(excellent), good: limit(good), pass: limit(pass) })}</span>
      {exam.credits > 0 && <span>{t('page.credits', { credits: exam.credits })}</span>}
    </p>
  );
}

function Actions({ exam }: { exam: ExamDetail }) {
  const { t } = useTranslation('exams');
  const to = useScopedTo();
  const navigate = useNavigate();
  const problem = useProblemText();
  const cancel = useCancelExam(exam.id);
  const { managed } = exam;
  if (!managed) return null;
  const ask = () =>
    feedback.confirm({
      title: t('page.cancelAsk'),
      content: t('page.cancelText'),
      okText: t('page.cancel'),
      okButtonProps: { danger: true },
      onOk: () => cancel.mutateAsync(exam.version).catch((error: unknown) => feedback.error(problem(error))),
    });
  return (
    <>
      {managed.may_cancel && <Button onClick={ask}>{t('page.cancel')}</Button>}
      {managed.to_mark !== null && (
        <Button type={managed.to_mark > 0 && !exam.own?.can_begin ? 'primary' : 'default'} onClick={() => void navigate(to(`/exams/${exam.id}/marking`))}>
          {managed.to_mark > 0 ? t('page.mark', { count: managed.to_mark }) : t('page.marking')}
        </Button>
      )}
    </>
  );
}

type Own = NonNullable<ExamDetail['own']>;

function OwnPart({ exam, own }: { exam: ExamDetail; own: Own }) {
  const { t } = useTranslation('exams');
  const { t: common } = useTranslation();
  const to = useScopedTo();
  const [reviewed, setReviewed] = useState<string | null>(null);
  return (
    <section className="k-panel k-stack-tight" aria-label={t('own')}>
      <div className="k-spread">
        <h2>{own.grade ? t('page.yourResult') : t('own')}</h2>
        <StandingTag standing={own.standing} own />
      </div>
      {own.grade && (
        <p>
          <Result grade={own.grade} score={own.score} />
          {own.tries.length > 1 && <span className="k-faint">{common('inBrackets', { text: t('page.best') })}</span>}
        </p>
      )}
      {own.credits > 0 && <p className="k-done">{t('page.creditsEarned', { credits: own.credits })}</p>}
      {own.standing === 'absent' && <p className="k-soft">{t('page.absent')}</p>}
      {own.standing === 'failed' && <p className="k-soft">{t('page.notPassed')}</p>}
      {own.make_up && <p><Link to={to(`/exams/${own.make_up}`)}>{t('page.toMakeUp')}</Link></p>}
      <Begin exam={exam} own={own} />
      {own.tries.length > 0 && (
        <ul className="k-plain-list k-stack-tight" aria-label={t('page.tries')}>
          {own.tries.map((attempt) => (
            <Try key={attempt.id} attempt={attempt} exam={exam} onReview={() => setReviewed(attempt.id)} />
          ))}
        </ul>
      )}
      {reviewed && <ReviewDrawer attempt={reviewed} onClose={() => setReviewed(null)} />}
    </section>
  );
}

function Try({ attempt, exam, onReview }: { attempt: AttemptItem; exam: ExamDetail; onReview: () => void }) {
  const { t } = useTranslation('exams');
  const { time } = useFormat();
  const { zone } = useMe().tenant;
  const graded = attempt.state === 'graded';
  return (
    <li className="k-spread">
      <span>
        {t('page.try', { number: attempt.number })} <span className="k-faint k-small">{time(attempt.started_at, zone)}</span>
      </span>
      <span className="k-row">
        {graded && attempt.earned !== null ? <span className="k-soft">{t('page.points', { earned: attempt.earned, possible: attempt.possible })}</span> : <span className="k-faint">{t(`state.${attempt.state}`)}</span>}
        {graded && exam.answers_shown && (
          <Button size="small" onClick={onReview}>
            {t('page.review')}
          </Button>
        )}
      </span>
    </li>
  );
}

function Begin({ exam, own }: { exam: ExamDetail; own: Own }) {
  const { t } = useTranslation('exams');
  const { time } = useFormat();
  const { zone } = useMe().tenant;
  const to = useScopedTo();
  const navigate = useNavigate();
  const problem = useProblemText();
  const begin = useBegin(exam.id);
  const sit = () => void navigate(to(`/exams/${exam.id}/sit`));
  if (own.standing === 'sitting') {
    return (
      <Button type="primary" size="large" block onClick={sit}>
        {t('page.resume')}
      </Button>
    );
  }
  if (own.standing === 'coming') return <p className="k-soft">{t('page.opensAt', { at: time(exam.opens_at, zone) })}</p>;
  if (!own.can_begin) return own.begun > 0 ? <WhyNoAnswers exam={exam} /> : null;
  const ask = () =>
    feedback.confirm({
      title: t('page.beginAsk'),
      content: t('page.beginText', { minutes: minutes(t, exam.minutes) }),
      okText: t('page.begin'),
      onOk: () => begin.mutateAsync().then(sit, (error: unknown) => feedback.error(problem(error))),
    });
  return (
    <>
      <Button type={own.grade && own.grade !== 'fail' ? 'default' : 'primary'} size="large" block loading={begin.isPending} onClick={ask}>
        {own.begun > 0 ? t('page.again') : t('page.begin')}
      </Button>
      {exam.attempts > 1 && <p className="k-faint k-small">{t('attemptsLeft', { count: exam.attempts - own.begun })}</p>}
    </>
  );
}

/** Why what is right is not shown yet, and until when. */
function WhyNoAnswers({ exam }: { exam: ExamDetail }) {
  const { t } = useTranslation('exams');
  const { time } = useFormat();
  const { zone } = useMe().tenant;
  const withheld = exam.answers_withheld;
  if (!withheld || withheld.why === 'never') return null;
  const at = withheld.until ? time(withheld.until, zone) : '';
  return <p className="k-faint k-small">{t(`page.reviewLater.${withheld.why}`, { at })}</p>;
}

const minutes = (t: TFunction<'exams'>, count: number) => t('minutes', { count });
