import { Button, Form, Input, Modal, Segmented, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { competences, type NeedItem, type TaskDraft } from '@/api/types';
import { ColleagueSelect, ColleaguesSelect } from '@/components/ColleagueSelect';
import { keepsTyped } from '@/components/keepsTyped';
import { fieldErrors, useProblemText } from '@/components/problem';
import { useForward, useMerge, useOpenNeeds, useSettle, type Forward } from './queries';
import { severities } from './words';

type Action = 'forward' | 'coach' | 'improve' | 'merge' | 'refuse';
interface Open {
  need: NeedItem;
  onClose: () => void;
}

/** What who sorts a need can do with it. */
export function Actions({ need, onMerged }: { need: NeedItem; onMerged: (id: string) => void }) {
  const { t } = useTranslation('needs');
  const [open, setOpen] = useState<Action | null>(null);
  const close = () => setOpen(null);
  const sorted = need.state === 'forwarded';
  return (
    <div className="k-row need-actions">
      <Button type={sorted ? 'default' : 'primary'} onClick={() => setOpen('forward')}>
        {sorted ? t('action.resort') : t('action.forward')}
      </Button>
      <Button onClick={() => setOpen('coach')}>{t('action.coach')}</Button>
      <Button onClick={() => setOpen('improve')}>{t('action.improve')}</Button>
      <Button onClick={() => setOpen('merge')}>{t('action.merge')}</Button>
      <Button onClick={() => setOpen('refuse')}>{t('action.refuse')}</Button>
      {open === 'forward' && <ForwardForm need={need} onClose={close} />}
      {(open === 'coach' || open === 'improve') && <TaskForm need={need} kind={open === 'coach' ? 'coaching' : 'improvement'} onClose={close} />}
      {open === 'refuse' && <RefuseForm need={need} onClose={close} />}
      {open === 'merge' && <MergeForm need={need} onClose={close} onMerged={onMerged} />}
    </div>
  );
}

interface Dialog<V> {
  title: string;
  ok: string;
  text?: string;
  initial?: Partial<V>;
  pending: boolean;
  onClose: () => void;
  /** Sends the values; is told how it went. */
  send: (values: V, went: { onSuccess: () => void; onError: (error: unknown) => void }) => void;
  children: ReactNode;
}

function FormDialog<V extends object>({ title, ok, text, initial, pending, onClose, send, children }: Dialog<V>) {
  const { t } = useTranslation('needs');
  const { t: common } = useTranslation();
  const problem = useProblemText();
  const [form] = Form.useForm<V>();
  const went = {
    onSuccess: () => {
      feedback.success(t('form.settled'));
      onClose();
    },
    onError: (error: unknown) => {
      form.setFields(fieldErrors(error) as Parameters<typeof form.setFields>[0]);
      feedback.error(problem(error));
    },
  };
  return (
    <Modal open {...keepsTyped} title={title} okText={ok} cancelText={common('cancel')} confirmLoading={pending} onCancel={onClose} onOk={() => form.submit()}>
      {text && <p className="k-soft">{text}</p>}
      <Form form={form} layout="vertical" {...(initial ? { initialValues: initial } : {})} onFinish={(values) => send(values, went)}>
        {children}
      </Form>
    </Modal>
  );
}

function ForwardForm({ need, onClose }: Open) {
  const { t } = useTranslation('needs');
  const { t: common } = useTranslation();
  const forward = useForward(need.id);
  const needed = [{ required: true, message: t('form.needed') }];
  return (
    <FormDialog<Forward>
      title={t('forwardTitle')}
      ok={t('action.forward')}
      initial={{ title: need.title, competence: need.competence, severity: need.severity ?? 2 }}
      pending={forward.isPending}
      onClose={onClose}
      send={(values, went) => forward.mutate({ ...values, version: need.version }, went)}
    >
      <Form.Item name="title" label={t('form.title')} rules={[{ required: true, whitespace: true, message: t('form.needed') }]}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="competence" label={t('form.competence')} rules={needed}>
        <Select options={competences.map((value) => ({ value, label: common(`competence.${value}`) }))} />
      </Form.Item>
      <Form.Item name="severity" label={t('form.severity')} rules={needed}>
        <Segmented options={severities.map((value) => ({ value, label: t(`severity.${value}`) }))} />
      </Form.Item>
      <Form.Item name="people" label={t('form.morePeople')}>
        <ColleaguesSelect mine label={t('form.morePeople')} />
      </Form.Item>
      <Form.Item name="words" label={t('form.words')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}

interface TaskValues extends Omit<TaskDraft, 'kind'> {
  reason?: string;
}

function TaskForm({ need, kind, onClose }: Open & { kind: TaskDraft['kind'] }) {
  const { t } = useTranslation('needs');
  const settle = useSettle(need.id);
  const needed = [{ required: true, message: t('form.needed') }];
  const coaching = kind === 'coaching';
  const send = ({ reason, ...task }: TaskValues) => ({ version: need.version, reason: reason ?? '', task: { ...task, kind } });
  return (
    <FormDialog<TaskValues>
      title={coaching ? t('coachTitle') : t('improveTitle')}
      ok={coaching ? t('action.coach') : t('action.improve')}
      initial={{ title: need.title }}
      pending={settle.isPending}
      onClose={onClose}
      send={(values, went) => settle.mutate(send(values), went)}
    >
      <Form.Item name="title" label={t('form.taskTitle')} rules={[{ required: true, whitespace: true, message: t('form.needed') }]}>
        <Input maxLength={120} />
      </Form.Item>
      {!coaching && (
        <Form.Item name="department" label={t('form.department')} rules={[{ required: true, whitespace: true, message: t('form.needed') }]}>
          <Input maxLength={60} />
        </Form.Item>
      )}
      <Form.Item name="assignee" label={t('form.assignee')} rules={needed}>
        <ColleagueSelect label={t('form.assignee')} />
      </Form.Item>
      <Form.Item name="due_on" label={t('form.due')} rules={needed}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="description" label={t('form.task')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} />
      </Form.Item>
      <Form.Item name="reason" label={t('form.reason')}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}

function RefuseForm({ need, onClose }: Open) {
  const { t } = useTranslation('needs');
  const settle = useSettle(need.id);
  return (
    <FormDialog<{ reason: string }>
      title={t('refuseTitle')}
      ok={t('action.refuse')}
      text={t('refuseText')}
      pending={settle.isPending}
      onClose={onClose}
      send={({ reason }, went) => settle.mutate({ version: need.version, reason }, went)}
    >
      <Form.Item name="reason" label={t('form.refuseReason')} rules={[{ required: true, whitespace: true, message: t('form.needed') }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}

function MergeForm({ need, onClose, onMerged }: Open & { onMerged: (id: string) => void }) {
  const { t } = useTranslation('needs');
  const merge = useMerge(need.id);
  const others = useOpenNeeds().items.filter(({ id, may_sort }) => id !== need.id && may_sort);
  return (
    <FormDialog<{ into: string }>
      title={t('mergeTitle')}
      ok={t('mergeTitle')}
      text={t('mergeText')}
      pending={merge.isPending}
      onClose={onClose}
      send={({ into }, went) =>
        merge.mutate(
          { version: need.version, into },
          {
            onError: went.onError,
            onSuccess: () => {
              went.onSuccess();
              onMerged(into);
            },
          },
        )
      }
    >
      <Form.Item name="into" label={t('form.into')} rules={[{ required: true, message: t('form.needed') }]}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={others.map(({ id, title }) => ({ value: id, label: title }))} notFoundContent={t('none')} />
      </Form.Item>
    </FormDialog>
  );
}
