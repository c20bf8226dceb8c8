import { useMutation } from '@tanstack/react-query';
import { Form, Input, InputNumber, Modal, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { api } from '@/api/client';
import { useRefresh } from '@/api/queries';
import type { ArchiveRequest } from '@/api/types';
import { keepsTyped } from '@/components/keepsTyped';
import { fieldErrors, useProblemText } from '@/components/problem';

interface Decision {
  granted: boolean;
  days?: number;
  reason?: string;
}

/** Granting an application for a time, or refusing it with a reason. */
export function DecideDialog({ request, onClose }: { request: ArchiveRequest; onClose: () => void }) {
  const { t } = useTranslation('archive');
  const { t: common } = useTranslation();
  const refresh = useRefresh();
  const problem = useProblemText();
  const [form] = Form.useForm<Decision>();
  const granted = Form.useWatch('granted', form) ?? true;
  const decide = useMutation({
    mutationFn: (decision: Decision) => api.post(`/archive-requests/${request.id}/decision`, { ...decision, version: request.version }),
    onSuccess: () => {
      feedback.success(common('saved'));
      onClose();
    },
    onError: (error) => {
      form.setFields(fieldErrors(error) as Parameters<typeof form.setFields>[0]);
      feedback.error(problem(error));
    },
    onSettled: () => refresh('/archive-requests', '/home'),
  });
  return (
    <Modal
      open
      {...keepsTyped}
      title={t('request.of', { name: request.applicant, staff: request.staff_name })}
      okText={granted ? t('decide.grant') : t('decide.refuse')}
      cancelText={common('cancel')}
      confirmLoading={decide.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <p className="k-soft">{t('decide.purpose', { purpose: request.purpose })}</p>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ granted: true, days: request.days }} onFinish={(decision) => decide.mutate(decision)}>
        <Form.Item name="granted">
          <Radio.Group options={[{ value: true, label: t('decide.grant') }, { value: false, label: t('decide.refuse') }]} />
        </Form.Item>
        {granted ? (
          <Form.Item name="days" label={t('apply.days')} extra={t('decide.daysHint')} rules={[{ required: true, message: t('apply.needed') }]}>
            <InputNumber controls={false} min={1} max={30} precision={0} suffix={t('apply.daysUnit')} style={{ width: 160 }} />
          </Form.Item>
        ) : (
          <Form.Item name="reason" label={t('decide.reason')} rules={[{ required: true, whitespace: true, message: t('apply.needed') }]}>
            <Input.TextArea rows={3} maxLength={500} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
