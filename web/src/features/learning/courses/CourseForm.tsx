import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { competences, courseLevels, type CourseDetail, type CourseItem, type Uuid } from '@/api/types';
import { keepsTyped } from '@/components/keepsTyped';
import { fieldErrors, useProblemText } from '@/components/problem';
import { usePlanItems, useSaveCourse, type CourseValues } from './queries';

interface Props {
  /** Which to change; null makes one. */
  course: CourseItem | null;
  /** The plan item that the course serves. */
  cause?: CourseDetail['plan_item'];
  /** What a plan item says of the course to be made. */
  preset?: Partial<CourseValues>;
  onClose: () => void;
  onSaved?: (id: Uuid) => void;
}

/** What a course is called, teaches and expects. */
export function CourseForm({ course, cause, preset, onClose, onSaved }: Props) {
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
  const start = course ? { ...course, plan_item: cause?.id ?? null } : { level: 'basic' as const, description: '', valid_until: null, ...preset };
  return (
    <Modal open {...keepsTyped} title={course ? t('form.edit') : t('form.add')} okText={common('save')} cancelText={common('cancel')} confirmLoading={save.isPending} onCancel={onClose} onOk={() => form.submit()}>
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
        <Serves cause={cause ?? null} />
        <Form.Item name="valid_until" label={t('field.valid_until')} extra={t('form.validHint')}>
          <Input type="date" />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Which item of a plan the course is for; nothing to choose where no plan is in force. */
function Serves({ cause }: { cause: Exclude<Props['cause'], undefined> }) {
  const { t } = useTranslation('courses');
  const plans = usePlanItems().filter(({ items }) => items.length > 0);
  const known = plans.some(({ items }) => items.some(({ id }) => id === cause?.id));
  const groups = plans.map(({ title, items }) => ({ label: title, options: items.map((item) => ({ value: item.id, label: item.title })) }));
  if (groups.length === 0 && !cause) return null;
  return (
    <Form.Item name="plan_item" label={t('field.plan_item')} extra={t('form.planHint')}>
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('form.noPlan')}
        options={cause && !known ? [{ label: t('form.past'), options: [{ value: cause.id, label: cause.title ?? t('form.past') }] }, ...groups] : groups}
      />
    </Form.Item>
  );
}
