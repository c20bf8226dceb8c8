import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import type { ClassItem } from '@/api/types';
import { useFormat } from '@/components/format';
import { Go } from '@/components/Go';
import { useProblemText } from '@/components/problem';
import { useLeave } from './queries';
import { useNow } from './useNow';
import { ReasonDialog } from './ReasonDialog';
import { StatusText } from './words';

/** How I stand in a class, and what I can do about it. */
export function MyPart({ item, plain = false }: { item: ClassItem; plain?: boolean }) {
  const { t } = useTranslation('classes');
  const { clock } = useFormat();
  const { mine } = item;
  const now = useNow();
  if (!mine) return null;
  const waiting = item.state === 'announced' && now < Date.parse(item.starts_at);
  return (
    <section className={plain ? 'k-row' : 'k-panel k-row'} aria-label={t('mine.title')}>
      <span>
        {waiting && mine.status === 'invited' ? t('mine.expected') : <StatusText status={mine.status} />}
        {mine.signed_in_at && <span className="k-faint"> · {t('mine.signedInAt', { time: clock(mine.signed_in_at, item.zone) })}</span>}
      </span>
      {mine.leave_state && mine.status === 'invited' && <span className={mine.leave_state === 'refused' ? 'k-soon' : 'k-soft'}>{t(`leave.${mine.leave_state}`)}</span>}
      {mine.sign_in && plain && <Go to={`/classes/${item.id}/sign-in`}>{t('signIn.button')}</Go>}
      {mine.feedback_due && plain && <Go to={`/classes/${item.id}`}>{t('feedback.button')}</Go>}
      {waiting && !mine.leave_state && !mine.signed_in_at && <LeaveButton id={item.id} />}
    </section>
  );
}

function LeaveButton({ id }: { id: string }) {
  const { t } = useTranslation('classes');
  const problem = useProblemText();
  const [asking, setAsking] = useState(false);
  const leave = useLeave(id);
  const ask = (reason: string) =>
    leave.mutate(reason, {
      onError: (error) => feedback.error(problem(error)),
      onSuccess: () => {
        feedback.success(t('leave.sent'));
        setAsking(false);
      },
    });
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('leave.button')}</Button>
      {asking && <ReasonDialog title={t('leave.title')} text={t('leave.text')} ok={t('leave.send')} pending={leave.isPending} onClose={() => setAsking(false)} onOk={ask} />}
    </>
  );
}
