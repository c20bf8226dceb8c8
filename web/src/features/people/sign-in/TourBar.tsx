import { CloseOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { forgetTenant, useMe } from '@/app/session';
import { setStop, stopReached } from '@/app/tour';
import { api } from '@/api/client';
import { useGet } from '@/api/queries';
import type { SignInInfo } from '@/api/types';
import { PlainButton } from '@/components/Plain';
import { useProblemText } from '@/components/problem';
import { castOf, pageOf, stops } from './stops';
import './tour-bar.css';

/** Above the page while somebody takes the tour: who one is now, what to look at, and the next stop. */
export default function TourBar() {
  const { t } = useTranslation('sign-in');
  const { t: common } = useTranslation();
  const { person } = useMe();
  const [at, setAt] = useState(stopReached);
  const info = useGet<SignInInfo>('/sign-in');
  const problem = useProblemText();
  const cast = info.data?.demo ? castOf(info.data.people) : null;
  const go = useMutation({
    mutationFn: async (next: number) => {
      const who = cast?.[next];
      if (!who) return;
      forgetTenant();
      await api.post('/session', { login: who.login, password: who.password });
      setStop(next);
      // Loaded anew: nothing of the person before may stay on the page.
      window.location.assign(await pageOf(next));
    },
    onError: (error) => feedback.error(problem(error)),
  });
  const stop = at === null ? undefined : stops[at];
  if (at === null || !stop || !cast) return null;
  const next = stops[at + 1];
  const end = () => {
    setStop(null);
    setAt(null);
  };
  return (
    <aside className="tour-bar" aria-label={t('tour.bar.label')}>
      <div className="tour-bar-words">
        <span className="tour-bar-at">
          <strong>{t('tour.bar.at', { at: at + 1, of: stops.length })}</strong> {t(`tour.stop.${stop.key}.title`)}
          <span className="k-soft k-small"> · {t('tour.bar.as', { name: person.name, role: common(`role.${stop.role}`) })}</span>
        </span>
        <span className="k-soft">{t(`tour.stop.${stop.key}.look`)}</span>
      </div>
      <div className="k-row tour-bar-ways">
        {at > 0 && (
          <PlainButton kind="text" disabled={go.isPending} onClick={() => go.mutate(at - 1)}>
            {t('tour.bar.back')}
          </PlainButton>
        )}
        <PlainButton busy={go.isPending} onClick={() => go.mutate(next ? at + 1 : 0)}>
          {next ? t('tour.bar.next', { title: t(`tour.stop.${next.key}.title`) }) : t('tour.bar.last')}
        </PlainButton>
        <PlainButton kind="text" icon={<CloseOutlined aria-hidden />} aria-label={t('tour.bar.end')} title={t('tour.bar.end')} onClick={end} />
      </div>
    </aside>
  );
}
