import { Checkbox, Collapse, Form, InputNumber, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useScopedTo } from '@/app/address';
import { ApiError } from '@/api/client';
import type { Uuid } from '@/api/types';
import { useDefinitions } from '@/components/definitions';
import { Trouble } from '@/components/Trouble';
import { fits, isSubjectKind, subjectKinds, useEvaluate, useThings, type SubjectKind } from './queries';

interface Values {
  kind: SubjectKind;
  id: Uuid;
  figure: string;
  weeks_before: number;
  weeks_after: number;
  comparison: 'auto' | 'team' | 'shop' | 'organisation';
  invited: boolean;
}

interface Props {
  /** What a page that leads here wants evaluated. */
  kind: string | null;
  id: string | null;
  onClose: () => void;
}

/** What to evaluate, and by which figure; the rest has a usual answer. */
export function EvaluationForm({ kind, id, onClose }: Props) {
  const { t } = useTranslation('evaluation');
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const to = useScopedTo();
  const [form] = Form.useForm<Values>();
  const evaluate = useEvaluate();
  const definitions = useDefinitions();
  const usable = definitions.all.filter(fits);
  const submit = ({ kind: of, id: which, comparison, ...rest }: Values) =>
    evaluate.mutate(
      { ...rest, subject: { kind: of, id: which }, ...(comparison === 'auto' ? {} : { comparison }) },
      { onSuccess: (made) => void navigate(to(`/evaluations/${made.id}`)) },
    );
  const start: Partial<Values> = {
    kind: isSubjectKind(kind) ? kind : 'class',
    figure: 'first_response',
    weeks_before: 8,
    weeks_after: 8,
    comparison: 'auto',
    invited: false,
    ...(id ? { id } : {}),
  };
  return (
    <Modal open title={t('form.title')} okText={t('form.go')} cancelText={common('cancel')} confirmLoading={evaluate.isPending} onCancel={onClose} onOk={() => form.submit()}>
      {evaluate.error && (nobodyYet(evaluate.error) ? <p className="k-urgent">{t('form.nobodyYet')}</p> : <Trouble error={evaluate.error} />)}
      <Form form={form} layout="vertical" initialValues={start} onFinish={submit}>
        <Form.Item name="kind" label={t('form.kind')}>
          <Select options={subjectKinds.map((value) => ({ value, label: t(`kind.${value}`) }))} onChange={() => form.setFieldValue('id', undefined)} />
        </Form.Item>
        <Things given={isSubjectKind(kind) && id ? { kind, id } : null} />
        <Form.Item name="figure" label={t('form.figure')} extra={t('form.figureHint')} rules={[{ required: true, message: t('form.needed') }]}>
          <Select showSearch={{ optionFilterProp: 'label' }} loading={definitions.loading} options={usable.map(({ key }) => ({ value: key, label: definitions.name(key) }))} />
        </Form.Item>
        <Collapse ghost size="small" items={[{ key: 'more', label: t('form.more'), forceRender: true, children: <More /> }]} />
      </Form>
    </Modal>
  );
}

/** Weeks, people to compare with, and whom to count. */
function More() {
  const { t } = useTranslation('evaluation');
  return (
    <>
      <Form.Item name="weeks_before" label={t('form.before')}>
        <InputNumber controls={false} min={1} max={26} precision={0} />
      </Form.Item>
      <Form.Item name="weeks_after" label={t('form.after')}>
        <InputNumber controls={false} min={1} max={26} precision={0} />
      </Form.Item>
      <Form.Item name="comparison" label={t('form.comparison')}>
        <Select options={(['auto', 'team', 'shop', 'organisation'] as const).map((value) => ({ value, label: t(`form.with.${value}`) }))} />
      </Form.Item>
      <Form.Item name="invited" valuePropName="checked" extra={t('form.invitedHint')}>
        <Checkbox>{t('form.invited')}</Checkbox>
      </Form.Item>
    </>
  );
}

function Things({ given }: { given: { kind: SubjectKind; id: Uuid } | null }) {
  const { t } = useTranslation('evaluation');
  const kind = Form.useWatch<SubjectKind | undefined>('kind') ?? given?.kind ?? 'class';
  const things = useThings(kind);
  const options = (things.data?.items ?? []).map(({ id, title }) => ({ value: id, label: title }));
  // A page that leads here may name one that is not among the first in the list.
  if (given?.kind === kind && !options.some(({ value }) => value === given.id)) options.unshift({ value: given.id, label: t('form.given') });
  return (
    <Form.Item
      name="id"
      label={t(`kind.${kind}`)}
      rules={[{ required: true, message: t('form.needed') }]}
      extra={things.data && options.length === 0 ? t('form.nothing') : undefined}
    >
      <Select showSearch={{ optionFilterProp: 'label' }} loading={things.isPending} options={options} placeholder={t('form.choose')} />
    </Form.Item>
  );
}

const nobodyYet = (error: unknown): boolean => error instanceof ApiError && error.code === 'conflict';
