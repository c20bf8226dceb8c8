import { useMutation } from '@tanstack/react-query';
import { Button, Form, Modal, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { api } from '@/api/client';
import { useGet, useRefresh } from '@/api/queries';
import type { RecoveryCodes, SecondFactor } from '@/api/types';
import { useFormat } from '@/components/format';
import { Loading } from '@/components/Loading';
import { useProblemText } from '@/components/problem';
import { Trouble } from '@/components/Trouble';
import { CodeItem, PasswordItem } from './factorFields';
import { RecoveryCodesDialog } from './RecoveryCodesDialog';
import { SetUpDialog } from './SetUpDialog';
import './second-factor.css';

/** So few recovery codes are left that new ones are due. */
const FEW = 3;

type Open = 'set-up' | 'off' | 'renew' | null;

/** The second factor of one's own account: whether it is on, and changing that. */
export function SecondFactorPanel() {
  const { t } = useTranslation('sign-in');
  const found = useGet<SecondFactor>('/me/second-factor');
  const refresh = useRefresh();
  const [open, setOpen] = useState<Open>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const changed = () => {
    setOpen(null);
    return refresh('/me', '/sessions');
  };
  const gained = ({ recovery_codes }: RecoveryCodes) => {
    setOpen(null);
    setCodes(recovery_codes);
  };
  const close = () => setOpen(null);
  return (
    <section className="k-panel k-stack-tight second-factor">
      <h2>{t('factor.title')}</h2>
      {found.error && !found.data && <Trouble error={found.error} onRetry={() => void found.refetch()} />}
      {!found.data && !found.error && <Loading />}
      {found.data && <Standing factor={found.data} onOpen={setOpen} />}
      {open === 'set-up' && <SetUpDialog onDone={gained} onClose={close} />}
      {open === 'off' && <OffDialog onDone={() => void changed()} onClose={close} />}
      {open === 'renew' && <RenewDialog onDone={gained} onClose={close} />}
      {codes && (
        <RecoveryCodesDialog
          codes={codes}
          onClose={() => {
            setCodes(null);
            void changed();
          }}
        />
      )}
    </section>
  );
}

function Standing({ factor, onOpen }: { factor: SecondFactor; onOpen: (open: Open) => void }) {
  const { t } = useTranslation('sign-in');
  const { time } = useFormat();
  if (!factor.on || !factor.since) {
    return (
      <>
        <p className="k-soft">{t('factor.off')}</p>
        <div>
          <Button type="primary" onClick={() => onOpen('set-up')}>
            {t('factor.begin')}
          </Button>
        </div>
      </>
    );
  }
  const few = factor.recovery_codes_left < FEW;
  return (
    <>
      <p className="k-soft">{t('factor.on', { since: time(factor.since) })}</p>
      <div>
        <Tag color={few ? 'warning' : undefined}>{t(few ? 'factor.leftFew' : 'factor.left', { count: factor.recovery_codes_left })}</Tag>
      </div>
      <div className="k-row">
        <Button onClick={() => onOpen('renew')}>{t('factor.renew')}</Button>
        <Button danger onClick={() => onOpen('off')}>
          {t('factor.turnOff')}
        </Button>
      </div>
    </>
  );
}

/** Password and code, once more, before it is off. */
function OffDialog({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const { t } = useTranslation('sign-in');
  const { t: common } = useTranslation();
  const problem = useProblemText();
  const [form] = Form.useForm<{ password: string; code: string }>();
  const off = useMutation({
    mutationFn: (both: { password: string; code: string }) => api.post('/me/second-factor/off', both),
    meta: { signsIn: true },
    onSuccess: () => {
      feedback.success(t('factor.turnedOff'));
      onDone();
    },
    onError: (error) => feedback.error(problem(error)),
  });
  return (
    <Modal
      open
      title={t('factor.turnOffTitle')}
      okText={t('factor.turnOff')}
      okButtonProps={{ danger: true }}
      cancelText={common('cancel')}
      confirmLoading={off.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="k-soft">{t('factor.turnOffText')}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(both) => off.mutate(both)}>
        <PasswordItem />
        <CodeItem />
      </Form>
    </Modal>
  );
}

/** A code, and there are new recovery codes. */
function RenewDialog({ onDone, onClose }: { onDone: (codes: RecoveryCodes) => void; onClose: () => void }) {
  const { t } = useTranslation('sign-in');
  const { t: common } = useTranslation();
  const problem = useProblemText();
  const [form] = Form.useForm<{ code: string }>();
  const renew = useMutation({
    mutationFn: (code: { code: string }) => api.post<RecoveryCodes>('/me/second-factor/recovery-codes', code),
    meta: { signsIn: true },
    onSuccess: onDone,
    onError: (error) => feedback.error(problem(error)),
  });
  return (
    <Modal open title={t('factor.renew')} okText={t('factor.renew')} cancelText={common('cancel')} confirmLoading={renew.isPending} onOk={() => form.submit()} onCancel={onClose}>
      <p className="k-soft">{t('factor.renewText')}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(code) => renew.mutate(code)}>
        <CodeItem />
      </Form>
    </Modal>
  );
}
