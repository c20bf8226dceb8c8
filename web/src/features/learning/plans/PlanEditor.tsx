import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { competences, nobody, type PlanContent, type PlanDetail, type PlanItem } from '@/api/types';
import { ColleagueSelect } from '@/components/ColleagueSelect';
import { useDefinitions } from '@/components/definitions';
import { useProblemText } from '@/components/problem';
import { ApiError } from '@/api/client';
import { AudienceField } from './AudienceField';
import { useOpenNeeds, useSave } from './queries';
import { hoursOf } from './words';

type FormItem = Omit<PlanItem, 'minutes' | 'budget'> & { hours: number; yuan: number };
interface Values {
  title: string;
  goals: string;
  from: string;
  to: string;
  notify: PlanContent['notify'];
  items: FormItem[];
}

const toForm = ({ minutes, budget, ...item }: PlanItem): FormItem => ({ ...item, hours: hoursOf(minutes), yuan: budget / 100 });
const fromForm = ({ hours, yuan, ...item }: FormItem): PlanItem => ({
  ...item,
  contents: item.contents ?? '',
  reason: item.reason ?? '',
  target: item.target ?? '',
  needs: item.needs ?? [],
  figure: item.figure ?? null,
  lecturer: item.lecturer ?? null,
  audience: item.audience ?? nobody,
  minutes: Math.round(hours * 60),
  budget: Math.round((yuan ?? 0) * 100),
});

/** Where a problem of the contract stands in the form: `items[2].minutes` is the hours of the third item. */
function fieldPath(field: string): (string | number)[] {
  const renamed: Record<string, string> = { minutes: 'hours', budget: 'yuan' };
  return field.split(/[.[\]]+/).filter(Boolean).map((part) => (/^\d+$/.test(part) ? Number(part) : (renamed[part] ?? part)));
}

/** Changes the newest version of a plan. */
export function PlanEditor({ detail, onClose }: { detail: PlanDetail; onClose: () => void }) {
  const { t } = useTranslation('plans');
  const { t: common } = useTranslation();
  const problem = useProblemText();
  const [form] = Form.useForm<Values>();
  const save = useSave(detail.plan.id);
  const { content } = detail;
  const send = ({ items, ...rest }: Values) =>
    save.mutate(
      { version: detail.plan.version, content: { ...content, ...rest, goals: rest.goals ?? '', items: (items ?? []).map(fromForm) } },
      {
        onSuccess: () => {
          feedback.success(t('saved'));
          onClose();
        },
        onError: (error) => {
          if (error instanceof ApiError) {
            const faults = error.fields.map(({ field, detail: words }) => ({ name: fieldPath(field), errors: [words] }));
            form.setFields(faults as Parameters<typeof form.setFields>[0]);
          }
          feedback.error(problem(error));
        },
      },
    );
  const needed = [{ required: true, message: t('needed') }];
  const blank: FormItem = { ...toForm({ id: null, title: '', contents: '', competence: 'chat', figure: null, target: '', audience: nobody, lecturer: null, minutes: 60, from: content.from, to: content.to, reason: '', needs: [], budget: 0 }) };
  return (
    <Form<Values> form={form} layout="vertical" onFinish={send} initialValues={{ ...content, items: content.items.map(toForm) }} className="k-stack" scrollToFirstError>
      <section className="k-panel plan-grid">
        <Form.Item name="title" label={t('editor.name')} rules={needed} className="plan-wide">
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="from" label={t('new.from')} rules={needed}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="to" label={t('new.to')} rules={needed}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="goals" label={t('editor.goals')} className="plan-wide">
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 10 }} maxLength={4000} />
        </Form.Item>
        <Form.Item name="notify" label={t('editor.notify')} className="plan-wide">
          <AudienceField names={detail.names} plan={detail.plan} label={t('editor.notify')} />
        </Form.Item>
      </section>
      <Form.List name="items">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }, at) => (
              <ItemFields key={key} name={name} at={at} detail={detail} onRemove={() => remove(name)} />
            ))}
            <div>
              <Button icon={<PlusOutlined aria-hidden />} onClick={() => add(blank)}>
                {t('editor.addItem')}
              </Button>
            </div>
          </>
        )}
      </Form.List>
      <div className="k-row">
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('editor.save')}
        </Button>
        <Button onClick={onClose}>{common('cancel')}</Button>
      </div>
    </Form>
  );
}

function ItemFields({ name, at, detail, onRemove }: { name: number; at: number; detail: PlanDetail; onRemove: () => void }) {
  const { t } = useTranslation('plans');
  const { t: common } = useTranslation();
  const figures = useDefinitions();
  const open = useOpenNeeds();
  const known = new Map([...detail.needs.map(({ id, name: title }) => [id, title] as const), ...open.items.map(({ id, title }) => [id, title] as const)]);
  const needed = [{ required: true, message: t('needed') }];
  return (
    <section className="k-panel" aria-label={t('item.number', { count: at + 1 })}>
      <div className="k-spread">
        <h2>{t('item.number', { count: at + 1 })}</h2>
        <Button type="text" icon={<DeleteOutlined aria-hidden />} onClick={onRemove}>
          {t('editor.removeItem')}
        </Button>
      </div>
      <Form.Item name={[name, 'id']} hidden>
        <Input />
      </Form.Item>
      <div className="plan-grid">
        <Form.Item name={[name, 'title']} label={t('item.title')} rules={needed} className="plan-wide">
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name={[name, 'reason']} label={t('item.reason')} className="plan-wide">
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} />
        </Form.Item>
        <Form.Item name={[name, 'contents']} label={t('item.contents')} className="plan-wide">
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} />
        </Form.Item>
        <Form.Item name={[name, 'competence']} label={t('item.competence')} rules={needed}>
          <Select options={competences.map((value) => ({ value, label: common(`competence.${value}`) }))} />
        </Form.Item>
        <Form.Item name={[name, 'figure']} label={t('item.figure')}>
          <Select allowClear placeholder={t('item.noFigure')} showSearch={{ optionFilterProp: 'label' }} options={figures.all.map(({ key }) => ({ value: key, label: figures.name(key) }))} />
        </Form.Item>
        <Form.Item name={[name, 'target']} label={t('item.target')}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name={[name, 'lecturer']} label={t('item.lecturer')}>
          <ColleagueSelect label={t('item.lecturer')} names={detail.names} />
        </Form.Item>
        <Form.Item name={[name, 'hours']} label={t('item.minutes')} rules={needed}>
          <InputNumber controls={false} min={0.25} max={100} step={0.5} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name={[name, 'yuan']} label={t('item.budget')}>
          <InputNumber controls={false} min={0} precision={2} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name={[name, 'from']} label={t('item.from')} rules={needed}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name={[name, 'to']} label={t('item.to')} rules={needed}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name={[name, 'audience']} label={t('item.audience')} className="plan-wide">
          <AudienceField names={detail.names} plan={detail.plan} label={t('item.audience')} />
        </Form.Item>
        <Form.Item name={[name, 'needs']} label={t('item.needs')} className="plan-wide">
          <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={[...known].map(([value, label]) => ({ value, label }))} />
        </Form.Item>
      </div>
    </section>
  );
}
