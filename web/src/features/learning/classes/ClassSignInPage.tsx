import { CheckCircleFilled, ClockCircleFilled } from '@ant-design/icons';
import { Alert, Button, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useAddress, useScopedTo } from '@/app/address';
import { shownAt } from '@/app/zones';
import type { ApiError } from '@/api/client';
import type { ClassDetail, ClassSignedIn } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { useFormat } from '@/components/format';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { useProblemText } from '@/components/problem';
import { Trouble } from '@/components/Trouble';
import { useClass, useSignIn } from './queries';
import { useNow } from './useNow';
import { useWhen, Where } from './words';
import './classes.css';

/** On the phone: who scanned the code is signed in at once, all others type it. */
export default function ClassSignInPage() {
  const { t } = useTranslation('classes');
  const { id = '' } = useParams();
  const found = useClass(id);
  if (found.error?.code === 'not_found') {
    return (
      <Page title={t('signIn.title')}>
        <EmptyState title={t('signIn.notYours')} text={t('signIn.notYoursText')} />
      </Page>
    );
  }
  if (found.error && !found.data) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={6} />;
  return <SignIn key={id} item={found.data} />;
}

function SignIn({ item }: { item: ClassDetail }) {
  const { t } = useTranslation('classes');
  const when = useWhen();
  const to = useScopedTo();
  const { get } = useAddress();
  const scanned = get('code');
  const sign = useSignIn(item.id);
  const { mutate } = sign;
  const sent = useRef(false);
  useEffect(() => {
    // Once: a second try with the same code would only tell the same.
    if (!scanned || sent.current) return;
    sent.current = true;
    mutate(scanned);
  }, [scanned, mutate]);
  const done = sign.data;
  return (
    <Page title={item.title} lead={<>{when(item)} · <Where item={item} /></>}>
      <div className="class-sign-in k-stack">
        {done && <Done done={done} item={item} />}
        {!done && !item.mine && <EmptyState title={t('signIn.notYours')} text={t('signIn.notYoursText')} />}
        {!done && item.mine?.signed_in_at && <Already item={item} />}
        {!done && item.mine && !item.mine.signed_in_at && (
          <>
            {sign.error && <WhyNot error={sign.error} item={item} />}
            <Code pending={sign.isPending} failed={sign.isError} onCode={mutate} item={item} />
          </>
        )}
        <Link to={to(`/classes/${item.id}`)}>{t('signIn.toClass')}</Link>
      </div>
    </Page>
  );
}

function Done({ done, item }: { done: ClassSignedIn; item: ClassDetail }) {
  const { t } = useTranslation('classes');
  const { clock } = useFormat();
  const late = done.status === 'late';
  return (
    <div className="class-sign-in-done" role="status" data-testid="signed-in">
      {late ? <ClockCircleFilled className="k-soon" aria-hidden /> : <CheckCircleFilled className="k-done" aria-hidden />}
      <strong>{late ? t('signIn.late', { count: Math.max(1, done.after_min) }) : t('signIn.done')}</strong>
      <span className="k-soft">{t('mine.signedInAt', { time: clock(done.signed_in_at, item.zone) })}</span>
    </div>
  );
}

function Already({ item }: { item: ClassDetail }) {
  const at = item.mine?.signed_in_at;
  if (!at || !item.mine) return null;
  const after_min = Math.floor((Date.parse(at) - Date.parse(item.starts_at)) / 60_000);
  return <Done done={{ status: item.mine.status, signed_in_at: at, after_min }} item={item} />;
}

/** In words what stood in the way, and what to do. */
function WhyNot({ error, item }: { error: ApiError; item: ClassDetail }) {
  const { t } = useTranslation('classes');
  const problem = useProblemText();
  const now = useNow();
  const words = (): string => {
    if (error.code === 'invalid') return t('signIn.wrong');
    if (error.code === 'throttled') return t('signIn.throttled');
    if (error.code === 'not_found') return t('signIn.notYoursText');
    if (error.code === 'conflict') return closedWords(item, now, t);
    return problem(error);
  };
  return <Alert type="error" showIcon title={words()} />;
}

/** Why signing in is not open just now. */
function closedWords(item: ClassDetail, now: number, t: ReturnType<typeof useTranslation<'classes'>>['t']): string {
  if (item.state === 'cancelled') return t('signIn.cancelled');
  if (item.state === 'ended' || now >= Date.parse(item.ends_at)) return t('signIn.over');
  return t('signIn.early', { time: shownAt(item.sign_in_from, item.zone).time });
}

function Code({ pending, failed, onCode, item }: { pending: boolean; failed: boolean; onCode: (code: string) => void; item: ClassDetail }) {
  const { t } = useTranslation('classes');
  const [code, setCode] = useState('');
  const now = useNow();
  const digits = code.replace(/\D/g, '');
  if (!item.mine?.sign_in) return failed ? null : <p className="k-soft">{closedWords(item, now, t)}</p>;
  return (
    <form
      className="k-stack-tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (digits.length === 6) onCode(digits);
      }}
    >
      <label htmlFor="class-code">{t('signIn.type')}</label>
      <Input id="class-code" className="class-sign-in-code" inputMode="numeric" autoComplete="one-time-code" maxLength={7} size="large" value={code} onChange={({ target }) => setCode(target.value)} />
      <Button type="primary" size="large" block htmlType="submit" loading={pending} disabled={digits.length !== 6}>
        {t('signIn.button')}
      </Button>
    </form>
  );
}
