import { Form, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { keepsTyped } from '@/components/keepsTyped';

interface Props {
  title: string;
  text?: string;
  ok: string;
  pending: boolean;
  onClose: () => void;
  onOk: (reason: string) => void;
  /** What is asked besides. */
  children?: ReactNode;
}

/** Asks for a reason before something is done. */
export function ReasonDialog({ title, text, ok, pending, onClose, onOk, children }: Props) {
  const { t } = useTranslation('classes');
  const { t: common } = useTranslation();
  const [form] = Form.useForm<{ reason: string }>();
  return (
    <Modal open {...keepsTyped} title={title} okText={ok} cancelText={common('cancel')} confirmLoading={pending} onCancel={onClose} onOk={() => form.submit()}>
      {text && <p className="k-soft">{text}</p>}
      <Form form={form} layout="vertical" onFinish={({ reason }) => onOk(reason.trim())}>
        {children}
        <Form.Item name="reason" label={t('reason.label')} rules={[{ required: true, whitespace: true, message: t('reason.needed') }]}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={200} showCount autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
