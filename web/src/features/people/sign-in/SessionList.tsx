import { useMutation } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { useSignOut } from '@/app/signOut';
import { api } from '@/api/client';
import { useList, useRefresh } from '@/api/queries';
import type { Session } from '@/api/types';
import { useFormat } from '@/components/format';
import { Loading } from '@/components/Loading';
import { useProblemText } from '@/components/problem';
import { Trouble } from '@/components/Trouble';
import './sessions.css';

/** Where the person is signed in, and ending what he does not know. */
export function SessionList() {
  const { t } = useTranslation('sign-in');
  const { t: common } = useTranslation();
  const list = useList<Session>('/sessions');
  const refresh = useRefresh();
  const problem = useProblemText();
  const signOut = useSignOut();
  const end = useMutation({
    mutationFn: (path: string) => api.delete(path),
    onSuccess: () => {
      feedback.success(t('sessions.ended'));
      return refresh('/sessions');
    },
    onError: (error) => {
      feedback.error(problem(error));
      return refresh('/sessions');
    },
  });
  const endOthers = () =>
    feedback.confirm({
      title: t('sessions.others.title'),
      content: t('sessions.others.text'),
      okText: t('sessions.others.button'),
      cancelText: common('cancel'),
      okButtonProps: { danger: true },
      onOk: () => end.mutateAsync('/sessions?others=true').catch(() => undefined),
    });
  const others = list.items.some((session) => !session.this);
  return (
    <section className="k-panel k-stack-tight">
      <h2>{t('sessions.title')}</h2>
      <p className="k-soft">{t('sessions.lead')}</p>
      {list.loading && <Loading />}
      {list.error && <Trouble error={list.error} onRetry={list.retry} />}
      <ul className="sessions" aria-label={t('sessions.title')}>
        {list.items.map((session) => (
          <li key={session.id}>
            <SessionText session={session} />
            {!session.this && (
              <Button size="small" danger loading={end.isPending && end.variables === `/sessions/${session.id}`} onClick={() => end.mutate(`/sessions/${session.id}`)}>
                {t('sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div className="k-row">
        <Button onClick={() => signOut.mutate(false)}>{common('me.signOut')}</Button>
        {others && <Button onClick={endOthers}>{t('sessions.others.button')}</Button>}
        <Button danger onClick={() => signOut.mutate(true)}>
          {common('me.signOutEverywhere')}
        </Button>
      </div>
    </section>
  );
}

function SessionText({ session }: { session: Session }) {
  const { t } = useTranslation('sign-in');
  const { time } = useFormat();
  return (
    <div>
      <div className="sessions-device">
        {session.device ?? t('sessions.unknown')} {session.this && <Tag>{t('sessions.this')}</Tag>}
      </div>
      <div className="k-faint">
        {t('sessions.since', { time: time(session.created_at), address: session.address ?? t('sessions.noAddress') })}
        <br />
        {t('sessions.used', { time: time(session.last_used_at) })}
      </div>
    </div>
  );
}
