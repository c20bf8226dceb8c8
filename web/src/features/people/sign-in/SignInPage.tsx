import { BulbOutlined, TranslationOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { setMode, useMode } from '@/app/preferences';
import { forgetTenant } from '@/app/session';
import { api } from '@/api/client';
import { useGet } from '@/api/queries';
import { roles, type DemoPerson, type Me, type Role, type SignInInfo } from '@/api/types';
import { useProblemText } from '@/components/problem';
import { currentLanguage, setLanguage } from '@/i18n';
import './sign-in.css';

interface Credentials {
  login: string;
  password: string;
}

/** Only a path of this program may be returned to. */
const safeNext = (next: string | null) => (next && /^\/(?![/\\])/.test(next) ? next : '/');

function useSignIn() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  return useMutation({
    meta: { signsIn: true },
    mutationFn: (credentials: Credentials) => {
      forgetTenant();
      return api.post<Me>('/session', credentials);
    },
    onSuccess: async () => {
      client.clear();
      await navigate(safeNext(search.get('next')), { replace: true });
    },
  });
}

/** Sign-in by password; a demonstration lists its people, one click signs in. */
export default function SignInPage() {
  const { t } = useTranslation('sign-in');
  const { t: common } = useTranslation();
  const mode = useMode();
  const info = useGet<SignInInfo>('/sign-in');
  const signIn = useSignIn();
  const problem = useProblemText();
  useEffect(() => {
    document.title = `${t('title')} · ${common('brand')}`;
  }, [t, common]);

  return (
    <div className="sign-in">
      <div className="sign-in-tools">
        <Button
          type="text"
          icon={<TranslationOutlined aria-hidden />}
          lang={currentLanguage() === 'en' ? 'zh-CN' : 'en'}
          onClick={() => void setLanguage(currentLanguage() === 'en' ? 'zh-CN' : 'en')}
        >
          {t('language')}
        </Button>
        <Button type="text" icon={<BulbOutlined aria-hidden />} aria-label={mode === 'dark' ? common('me.light') : common('me.dark')} onClick={() => setMode(mode === 'dark' ? 'light' : 'dark')} />
      </div>
      <main className="sign-in-main" data-demo={info.data?.demo || undefined}>
        <section className="sign-in-form">
          <h1>
            <img src="/icon.svg" alt="" width={32} height={32} /> {common('brand')}
          </h1>
          <p className="k-soft">{t('lead')}</p>
          {signIn.error && <Alert type="error" showIcon title={problem(signIn.error)} />}
          <PasswordForm busy={signIn.isPending} onSubmit={signIn.mutate} />
        </section>
        {info.data?.demo && <DemoPeople people={info.data.people} busy={signIn.isPending} onPick={(person) => signIn.mutate(person)} />}
      </main>
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
        <input name="login" autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus {...state('login')} />
        {hint('login')}
      </label>
      <label className="sign-in-field">
        {t('password')}
        <input name="password" type="password" autoComplete="current-password" {...state('password')} />
        {hint('password')}
      </label>
      <Button type="primary" size="large" block htmlType="submit" loading={busy}>
        {t('submit')}
      </Button>
    </form>
  );
}

/** People shown of each role and tenant before somebody asks for all. */
const FIRST = 2;

function DemoPeople({ people, busy, onPick }: { people: DemoPerson[]; busy: boolean; onPick: (credentials: Credentials) => void }) {
  const { t } = useTranslation('sign-in');
  const { t: common } = useTranslation();
  const [all, setAll] = useState(false);
  const tenants = [...new Set(people.map(({ tenant }) => tenant))];
  const of = (role: Role, tenant: string) => people.filter((person) => person.role === role && person.tenant === tenant);
  const hidden = people.length - roles.flatMap((role) => tenants.flatMap((tenant) => of(role, tenant).slice(0, FIRST))).length;
  return (
    <section className="sign-in-demo" aria-label={t('demo.title')}>
      <h2>{t('demo.title')}</h2>
      <p className="k-soft">{t('demo.text')}</p>
      <dl>
        {roles
          .filter((role) => people.some((person) => person.role === role))
          .map((role) => (
            <div key={role} className="sign-in-role">
              <dt className="k-faint">{common(`role.${role}`)}</dt>
              <dd>
                {tenants
                  .filter((tenant) => of(role, tenant).length > 0)
                  .map((tenant) => (
                    <span key={tenant} className="sign-in-tenant">
                      {tenants.length > 1 && <span className="k-faint k-small">{tenant}</span>}
                      {of(role, tenant)
                        .slice(0, all ? undefined : FIRST)
                        .map(({ login, name, password }) => (
                          <Button key={login} size="small" disabled={busy} aria-label={t('demo.as', { name })} onClick={() => onPick({ login, password })}>
                            {name}
                          </Button>
                        ))}
                    </span>
                  ))}
              </dd>
            </div>
          ))}
      </dl>
      {hidden > 0 && !all && (
        <button type="button" className="k-link-button" onClick={() => setAll(true)}>
          {t('demo.more', { count: hidden })}
        </button>
      )}
    </section>
  );
}
