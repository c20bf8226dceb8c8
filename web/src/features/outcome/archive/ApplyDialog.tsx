import { useMutation } from '@tanstack/react-query';
import { Form, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { api } from '@/api/client';
import { useRefresh } from '@/api/queries';
import { keepsTyped } from '@/components/keepsTyped';
import { fieldErrors, useProblemText } from '@/components/problem';
import { useSettled } from '@/components/useSettled';
import { useCandidates } from './queries';

interface Wish {
  staff: string;
  purpose: string;
  days: number;
}

/** Applying for a look into somebody's archive. */
export function ApplyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('archive');
  const { t: common } = useTranslation();
  const refresh = useRefresh();
  const problem = useProblemText();
  const [form] = Form.useForm<Wish>();
  const [typed, setTyped] = useState('');
  const found = useCandidates(useSettled(typed, 250));
  const apply = useMutation({
    mutationFn: (wish: Wish) => api.post('/archive-requests', wish),
    onSuccess: () => {
      feedback.success(t('apply.sent'));
      onClose();
      return refresh('/archive-requests');
    },
    onError: (error) => {
      form.setFields(fieldErrors(error) as Parameters<typeof form.setFields>[0]);
      feedback.error(problem(error));
    },
  });
  const options = (found.data?.items ?? []).map(({ id, name, account }) => ({ value: id, label: name === account ? name : `${name}${common('inBrackets', { text: account })}` }));
  return (
    <Modal open {...keepsTyped} title={t('apply.title')} okText={t('apply.ok')} cancelText={common('cancel')} confirmLoading={apply.isPending} onCancel={onClose} onOk={() => form.submit()}>
      <p className="k-soft">{t('apply.text')}</p>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ days: 7 }} onFinish={(wish) => apply.mutate(wish)}>
        <Form.Item name="staff" label={t('apply.staff')} rules={[{ required: true, message: t('apply.needed') }]}>
          <Select showSearch={{ filterOption: false, onSearch: setTyped }} placeholder={t('apply.search')} loading={found.isFetching} options={options} />
        </Form.Item>
        <Form.Item name="purpose" label={t('apply.purpose')} extra={t('apply.purposeHint')} rules={[{ required: true, whitespace: true, message: t('apply.needed') }]}>
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
        <Form.Item name="days" label={t('apply.days')} rules={[{ required: true, message: t('apply.needed') }]}>
          <InputNumber controls={false} min={1} max={30} precision={0} suffix={t('apply.daysUnit')} style={{ width: 160 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
