import { useMutation } from '@tanstack/react-query';
import { Form, Input, Modal, QRCode } from 'antd';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { api } from '@/api/client';
import type { RecoveryCodes, SecondFactorBegun } from '@/api/types';
import { useProblemText } from '@/components/problem';
import { CopyButton, PasswordItem } from './factorFields';

/** First the password, then the secret and a code of it: whoever mistyped the secret is not locked out. */
export function SetUpDialog({ onDone, onClose }: { onDone: (codes: RecoveryCodes) => void; onClose: () => void }) {
  const { t } = useTranslation('sign-in');
  const { t: common } = useTranslation();
  const problem = useProblemText();
  const [form] = Form.useForm<{ password: string; code: string }>();
  const failed = (error: unknown) => feedback.error(problem(error));
  const begin = useMutation({
    mutationFn: (password: string) => api.post<SecondFactorBegun>('/me/second-factor', { password }),
    meta: { signsIn: true },
    onSuccess: () => form.resetFields(),
    onError: failed,
  });
  const confirm = useMutation({
    mutationFn: (code: string) => api.post<RecoveryCodes>('/me/second-factor/confirmation', { code }),
    meta: { signsIn: true },
    onSuccess: onDone,
    onError: failed,
  });
  const begun = begin.data;
  return (
    <Modal
      open
      title={t('factor.beginTitle')}
      okText={begun ? t('factor.begin') : t('factor.next')}
      cancelText={common('cancel')}
      confirmLoading={begin.isPending || confirm.isPending}
      mask={{ closable: false }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={({ password, code }) => (begun ? confirm.mutate(code) : begin.mutate(password))}>
        {begun ? <Secret begun={begun} /> : <PasswordItem />}
      </Form>
    </Modal>
  );
}

function Secret({ begun }: { begun: SecondFactorBegun }) {
  const { t } = useTranslation('sign-in');
  // In groups of four it is easier to type.
  const groups = begun.secret.match(/.{1,4}/g)?.join(' ') ?? begun.secret;
  return (
    <div className="k-stack">
      <p>{t('factor.scan')}</p>
      <QRCode className="second-factor-qr" aria-label={t('factor.qr')} value={begun.address} size={200} color="#000" bgColor="#fff" errorLevel="M" />
      <div>
        <p className="k-soft">{t('factor.byHand')}</p>
        <code className="second-factor-secret">{groups}</code>
        <CopyButton text={begun.secret} />
      </div>
      <Form.Item name="code" label={t('factor.enter')} rules={[{ required: true, whitespace: true, message: t('code.needed') }]}>
        <Input autoComplete="one-time-code" inputMode="numeric" autoFocus />
      </Form.Item>
    </div>
  );
}
