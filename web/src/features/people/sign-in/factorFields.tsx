import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';

/** The field for the present password. */
export function PasswordItem() {
  const { t } = useTranslation('sign-in');
  return (
    <Form.Item name="password" label={t('factor.password')} rules={[{ required: true, message: t('passwordNeeded') }]}>
      <Input.Password autoComplete="current-password" autoFocus />
    </Form.Item>
  );
}

/** The field for a code of the app, or a recovery code. */
export function CodeItem() {
  const { t } = useTranslation('sign-in');
  return (
    <Form.Item name="code" label={t('factor.code')} extra={t('factor.codeHint')} rules={[{ required: true, whitespace: true, message: t('code.needed') }]}>
      <Input autoComplete="one-time-code" />
    </Form.Item>
  );
}

/** Copies a text, where the browser lets it: not on plain http. */
export function CopyButton({ text }: { text: string }) {
  const { t } = useTranslation('sign-in');
  if (!window.isSecureContext) return null;
  // Refused, the text still stands there to be selected.
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => feedback.success(t('factor.copied')),
      () => undefined,
    );
  return (
    <Button size="small" onClick={copy}>
      {t('factor.copy')}
    </Button>
  );
}
