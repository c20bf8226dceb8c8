import BulbOutlined from '@ant-design/icons-svg/es/asn/BulbOutlined';
import TranslationOutlined from '@ant-design/icons-svg/es/asn/TranslationOutlined';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { Icon } from '@/components/Icon';
import { setMode, useMode } from '@/app/preferences';
import { forgetTenant } from '@/app/session';
import { WIDE } from '@/app/theme';
import { setStop } from '@/app/tour';
import { api, ApiError } from '@/api/client';
import { forgetEarly } from '@/api/early';
import { useGet } from '@/api/queries';
import type { DemoPerson, Me, SignInInfo } from '@/api/types';
import { PlainButton } from '@/components/Plain';
import { useProblemText } from '@/components/problem';
import { currentLanguage, rememberLanguage, setLanguage, type Language } from '@/i18n';
import { DemoPeople } from './DemoPeople';
import { Tour } from './Tour';
import { castOf, pageOf } from './stops';
import './sign-in.css';

interface Credentials {
  login: string;
  password: string;
  /** Of the second factor, where there is one. */
  code?: string;
  /** The stop of the tour that this sign-in begins. */
  stop?: number;
  /** Chosen on this page: it goes into the account, for mails and other devices. */
  locale?: Language | undefined;
}

/** Only a path of this program may be returned to. */
const safeNext = (next: string | null) => (next && /^\/(?![/\\])/.test(next) ? next : '/');

function useSignIn() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [proved, setProved] = useState<Credentials | null>(null);
  const signIn = useMutation({
    meta: { signsIn: true },
    mutationFn: ({ login, password, code }: Credentials) => {
      forgetTenant();
      return api.post<Me>('/session', { login, password, code });
    },
    onError: (error, credentials) => {
      if (codeOf(error) === 'second_factor_needed') setProved(credentials);
    },
    onSuccess: async (_me, { stop, locale }) => {
      client.clear();
      forgetEarly();
      // He reads it here all the same: no reason to keep him out.
      if (locale) void api.patch('/me', { locale }).catch(() => undefined);
      setStop(stop ?? null);
      await navigate(stop === undefined ? safeNext(search.get('next')) : await pageOf(stop), { replace: true });
    },
  });
  const forget = () => {
    setProved(null);
    signIn.reset();
  };
  return { signIn, proved, forget };
}

const codeOf = (error: unknown) => (error instanceof ApiError ? error.code : null);

/** Sign-in by password; a demonstration leads once round the loop, and lists its people. */
export default function SignInPage() {
  const { t } = useTranslation('sign-in');
  const { t: common } = useTranslation();
  const mode = useMode();
  const [chosen, setChosen] = useState<Language>();
  const other = currentLanguage() === 'en' ? 'zh-CN' : 'en';
  const info = useGet<SignInInfo>('/sign-in');
  const { signIn, proved, forget } = useSignIn();
  const problem = useProblemText();
  useEffect(() => {
    document.title = `${t('title')} · ${common('brand')}`;
  }, [t, common]);

  return (
    <div className="sign-in">
      <div className="sign-in-tools">
        <PlainButton
          kind="text"
          icon={<Icon of={TranslationOutlined} />}
          lang={other}
          onClick={() => {
            void setLanguage(other);
            setChosen(other);
          }}
        >
          {t('language')}
        </PlainButton>
        <PlainButton kind="text" icon={<Icon of={BulbOutlined} />} aria-label={mode === 'dark' ? common('me.light') : common('me.dark')} onClick={() => setMode(mode === 'dark' ? 'light' : 'dark')} />
      </div>
      <main className="sign-in-main" data-demo={info.data?.demo || undefined}>
        <section className="sign-in-form">
          <h1>
            <img src="/icon.svg" alt="" width={32} height={32} /> {common('brand')}
          </h1>
          <p className="k-soft">{proved ? t('code.lead') : t('lead')}</p>
          {info.data?.demo && !proved && <p className="k-faint k-small sign-in-own">{t('own')}</p>}
          {signIn.error && codeOf(signIn.error) !== 'second_factor_needed' && (
            <p className="sign-in-trouble" role="alert">
              {problem(signIn.error)}
            </p>
          )}
          {proved ? <CodeForm busy={signIn.isPending} onSubmit={(code) => signIn.mutate({ ...proved, code })} onBack={forget} /> : <PasswordForm busy={signIn.isPending} onSubmit={(credentials) => signIn.mutate({ ...credentials, locale: chosen })} />}
        </section>
        {info.data?.demo && !proved && <Demo people={info.data.people} busy={signIn.isPending} onPick={signIn.mutate} />}
      </main>
    </div>
  );
}

/** The tour, and behind a link everybody; where nobody can lead the tour, everybody at once. */
function Demo({ people, busy, onPick }: { people: DemoPerson[]; busy: boolean; onPick: (credentials: Credentials) => void }) {
  const { t } = useTranslation('sign-in');
  const [listed, setListed] = useState(false);
  const cast = castOf(people);
  const pick = (credentials: Credentials) => {
    // Of the accounts, which others try too, none is changed; the page goes on in the language that it began in.
    rememberLanguage(currentLanguage());
    onPick(credentials);
  };
  return (
    <div className="k-stack">
      {cast && <Tour cast={cast} busy={busy} onPick={({ login, password }, stop) => pick({ login, password, stop })} />}
      {cast && !listed ? (
        <button type="button" className="k-link-button" onClick={() => setListed(true)}>
          {t('demo.list', { count: people.length })}
        </button>
      ) : (
        <DemoPeople people={people} busy={busy} onPick={({ login, password }) => pick({ login, password })} />
      )}
    </div>
  );
}

/** Plain fields: Ant Design's form would double what the first page loads. */
function PasswordForm({ busy, onSubmit }: { busy: boolean; onSubmit: (credentials: Credentials) => void }) {
  const { t } = useTranslation('sign-in');
  const [missing, setMissing] = useState<keyof Credentials | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const login = String(data.get('login') ?? '').trim();
    const password = String(data.get('password') ?? '');
    const empty = login === '' ? 'login' : password === '' ? 'password' : null;
    setMissing(empty);
    if (!empty) onSubmit({ login, password });
  };
  const hint = (field: keyof Credentials) =>
    missing === field && (
      <span id={`${field}-hint`} className="k-urgent k-small" role="alert">
        {field === 'login' ? t('loginNeeded') : t('passwordNeeded')}
      </span>
    );
  const state = (field: keyof Credentials) => (missing === field ? { 'aria-invalid': true, 'aria-describedby': `${field}-hint` } : {});
  return (
    <form className="k-stack" noValidate onSubmit={submit}>
      <label className="sign-in-field">
        {t('login')}
        <input name="login" autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus={window.matchMedia(`(min-width: ${WIDE}px)`).matches} {...state('login')} />
        {hint('login')}
      </label>
      <label className="sign-in-field">
        {t('password')}
        <input name="password" type="password" autoComplete="current-password" {...state('password')} />
        {hint('password')}
      </label>
      <PlainButton kind="primary" size="large" type="submit" busy={busy}>
        {t('submit')}
      </PlainButton>
    </form>
  );
}

/** The second step, where the password was right and there is a second factor. */
function CodeForm({ busy, onSubmit, onBack }: { busy: boolean; onSubmit: (code: string) => void; onBack: () => void }) {
  const { t } = useTranslation('sign-in');
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code') ?? '').trim();
    setMissing(code === '');
    if (code !== '') onSubmit(code);
  };
  return (
    <form className="k-stack" noValidate onSubmit={submit}>
      <label className="sign-in-field">
        {t('code.label')}
        <input name="code" autoComplete="one-time-code" autoCapitalize="characters" spellCheck={false} autoFocus aria-invalid={missing || undefined} aria-describedby={missing ? 'code-hint' : undefined} />
        {missing && (
          <span id="code-hint" className="k-urgent k-small" role="alert">
            {t('code.needed')}
          </span>
        )}
      </label>
      <PlainButton kind="primary" size="large" type="submit" busy={busy}>
        {t('submit')}
      </PlainButton>
      <button type="button" className="k-link-button" onClick={onBack}>
        {t('code.back')}
      </button>
    </form>
  );
}
