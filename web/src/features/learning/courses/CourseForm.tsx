import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { competences, courseLevels, type CourseItem, type Uuid } from '@/api/types';
import { fieldErrors, useProblemText } from '@/components/problem';
import { useSaveCourse, type CourseValues } from './queries';

interface Props {
  /** Which to change; null makes one. */
  course: CourseItem | null;
  onClose: () => void;
  onSaved?: (id: Uuid) => void;
}

/** What a course is called, teaches and expects. */
export function CourseForm({ course, onClose, onSaved }: Props) {
  const { t } = useTranslation('courses');
  const { t: common } = useTranslation();
  const problem = useProblemText();
  const [form] = Form.useForm<CourseValues>();
  const save = useSaveCourse(course);
  const submit = (values: CourseValues) =>
    save.mutate(values, {
      onSuccess: (saved) => {
        onClose();
        onSaved?.(saved.course.id);
      },
      onError: (error) => {
        form.setFields(fieldErrors(error) as Parameters<typeof form.setFields>[0]);
        feedback.error(problem(error));
      },
    });
  const start = course ?? { level: 'basic' as const, description: '', valid_until: null };
  return (
    <Modal open title={course ? t('form.edit') : t('form.add')} okText={common('save')} cancelText={common('cancel')} confirmLoading={save.isPending} onCancel={onClose} onOk={() => form.submit()}>
      <Form form={form} layout="vertical" initialValues={start} onFinish={submit}>
        <Form.Item name="title" label={t('field.title')} rules={[{ required: true, whitespace: true, message: t('form.needed') }]}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="competence" label={t('field.competence')} rules={[{ required: true, message: t('form.needed') }]}>
          <Select options={competences.map((value) => ({ value, label: common(`competence.${value}`) }))} />
        </Form.Item>
        <Form.Item name="level" label={t('field.level')}>
          <Select options={courseLevels.map((value) => ({ value, label: t(`level.${value}`) }))} />
        </Form.Item>
        <Form.Item name="description" label={t('field.description')}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
        </Form.Item>
        <Form.Item name="valid_until" label={t('field.valid_until')} extra={t('form.validHint')}>
          <Input type="date" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
