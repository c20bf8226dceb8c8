import { Form, Input, Modal, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { useRight } from '@/app/session';
import { competences } from '@/api/types';
import { ColleaguesSelect } from '@/components/ColleagueSelect';
import { keepsTyped } from '@/components/keepsTyped';
import { fieldErrors, useProblemText } from '@/components/problem';
import { useReport, type Report } from './queries';
import { severities } from './words';

/** Reports a difficulty: one's own, or for who answers for people, theirs. */
export function ReportForm({ onClose, onReported }: { onClose: () => void; onReported: (id: string) => void }) {
  const { t } = useTranslation('needs');
  const { t: common } = useTranslation();
  const sorts = useRight('need:write');
  const problem = useProblemText();
  const [form] = Form.useForm<Report>();
  const report = useReport();
  const send = (values: Report) =>
    report.mutate(values, {
      onSuccess: ({ id }) => {
        feedback.success(t('form.sent'));
        onClose();
        onReported(id);
      },
      onError: (error) => {
        form.setFields(fieldErrors(error) as Parameters<typeof form.setFields>[0]);
        feedback.error(problem(error));
      },
    });
  return (
    <Modal open {...keepsTyped} title={t('report')} okText={t('form.submit')} cancelText={common('cancel')} confirmLoading={report.isPending} onCancel={onClose} onOk={() => form.submit()}>
      <Form form={form} layout="vertical" onFinish={send}>
        <Form.Item name="title" label={t('form.title')} rules={[{ required: true, whitespace: true, message: t('form.needed') }]}>
          <Input placeholder={t('form.titleHint')} maxLength={120} />
        </Form.Item>
        <Form.Item name="description" label={t('form.description')} extra={t('form.descriptionHint')}>
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={4000} />
        </Form.Item>
        <Form.Item name="competence" label={t('form.competence')}>
          <Select allowClear options={competences.map((value) => ({ value, label: common(`competence.${value}`) }))} />
        </Form.Item>
        {sorts && (
          <>
            <Form.Item name="people" label={t('form.people')} extra={t('form.peopleHint')}>
              <ColleaguesSelect mine label={t('form.people')} />
            </Form.Item>
            <Form.Item name="severity" label={t('form.severity')}>
              <Segmented options={severities.map((value) => ({ value, label: t(`severity.${value}`) }))} />
            </Form.Item>
          </>
        )}
      </Form>
    </Modal>
  );
}
