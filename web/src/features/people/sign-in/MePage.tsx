import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useScopedTo } from '@/app/address';
import { feedback } from '@/app/feedback';
import { useLanguage } from '@/app/language';
import { setMode, useMode } from '@/app/preferences';
import { useMe } from '@/app/session';
import { api } from '@/api/client';
import { useRefresh } from '@/api/queries';
import { Notice } from '@/components/Notice';
import { Page } from '@/components/Page';
import { fieldErrors, passwordErrors, useProblemText } from '@/components/problem';
import type { Language } from '@/i18n';
import { SecondFactorPanel } from './SecondFactorPanel';
import { SessionList } from './SessionList';
import './me.css';

/** The person's own account. */
export default function MePage() {
  const { t } = useTranslation('sign-in');
  const { needed } = useMe().second_factor;
  return (
    <Page title={t('me.title')} lead={t('me.lead')}>
      {needed && (
        <Notice>
          <span>
            <strong>{t('factor.neededTitle')}</strong> {t('factor.needed')}
          </span>
        </Notice>
      )}
      <div className="me" data-needed={needed || undefined}>
        <Profile />
        <Appearance />
        <Password />
        <SecondFactorPanel />
        <SessionList />
      </div>
    </Page>
  );
}

function Profile() {
  const { t } = useTranslation('sign-in');
  const { t: common } = useTranslation();
  const me = useMe();
  const to = useScopedTo();
  const refresh = useRefresh();
  const problem = useProblemText();
  const [form] = Form.useForm<{ email: string }>();
  const save = useMutation({
    mutationFn: ({ email }: { email: string }) => api.patch('/me', { email: email || null }),
    onSuccess: () => {
      feedback.success(common('saved'));
      return refresh('/me');
    },
    onError: (error) => {
      form.setFields(fieldErrors(error) as Parameters<typeof form.setFields>[0]);
      feedback.error(problem(error));
    },
  });
  const roles = [...new Set(me.roles.map(({ role }) => role))].map((role) => common(`role.${role}`)).join(common('listSeparator'));
  return (
    <section className="k-panel">
      <h2>{t('me.profile')}</h2>
      <dl className="me-facts">
        <dt>{t('me.name')}</dt>
        <dd>{me.person.name}</dd>
        <dt>{t('login')}</dt>
        <dd>{me.person.login}</dd>
        <dt>{t('me.roles')}</dt>
        <dd>{roles || '—'}</dd>
      </dl>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ email: me.person.email ?? '' }} onFinish={(values) => save.mutate(values)}>
        <Form.Item name="email" label={t('me.email')} extra={t('me.emailHint')} rules={[{ type: 'email', message: t('me.emailWrong') }]}>
          <Input autoComplete="email" />
        </Form.Item>
        <Button htmlType="submit" loading={save.isPending}>
          {common('save')}
        </Button>
      </Form>
      <p className="me-more">
        <Link to={to('/archive')}>{t('me.archive')}</Link>
      </p>
    </section>
  );
}

function Appearance() {
  const { t } = useTranslation('sign-in');
  const { t: common } = useTranslation();
  const mode = useMode();
  const { language, choose } = useLanguage();
  return (
    <section className="k-panel k-stack-tight">
      <h2>{t('me.appearance')}</h2>
      <span className="k-faint">{t('me.language')}</span>
      <Segmented<Language>
        aria-label={t('me.language')}
        value={language}
        options={[
          { value: 'zh-CN', label: '中文' },
          { value: 'en', label: 'English' },
        ]}
        onChange={choose}
      />
      <span className="k-faint">{t('me.mode')}</span>
      <Segmented
        aria-label={t('me.mode')}
        value={mode}
        options={[
          { value: 'light', label: common('me.light') },
          { value: 'dark', label: common('me.dark') },
        ]}
        onChange={setMode}
      />
    </section>
  );
}

interface Passwords {
  old: string;
  new: string;
}

function Password() {
  const { t } = useTranslation('sign-in');
  const problem = useProblemText();
  const [form] = Form.useForm<Passwords>();
  const change = useMutation({
    mutationFn: (values: Passwords) => api.post('/me/password', values),
    meta: { signsIn: true },
    onSuccess: () => {
      form.resetFields();
      feedback.success(t('me.changed'));
    },
    onError: (error) => {
      form.setFields(passwordErrors(error, 'new') as Parameters<typeof form.setFields>[0]);
      feedback.error(problem(error));
    },
  });
  return (
    <section className="k-panel">
      <h2>{t('me.passwordTitle')}</h2>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => change.mutate(values)}>
        <Form.Item name="old" label={t('me.old')} rules={[{ required: true, message: t('passwordNeeded') }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="new" label={t('me.new')} extra={t('me.newHint')} rules={[{ required: true, min: 8, message: t('me.short') }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button htmlType="submit" loading={change.isPending}>
          {t('me.change')}
        </Button>
      </Form>
    </section>
  );
}
