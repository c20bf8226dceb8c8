import { Button, Form, Input, Modal, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useScopedTo } from '@/app/address';
import { feedback } from '@/app/feedback';
import type { Task } from '@/api/types';
import { useFormat } from '@/components/format';
import { keepsTyped } from '@/components/keepsTyped';
import { fieldErrors, useProblemText } from '@/components/problem';
import { useDone } from './queries';

/** A task: what, who, until when, what was done; whose it is reports it done. */
export function TaskLine({ task, withNeed = false }: { task: Task; withNeed?: boolean }) {
  const { t } = useTranslation('needs');
  const { day, time } = useFormat();
  const to = useScopedTo();
  const [ending, setEnding] = useState(false);
  const done = task.state === 'done';
  return (
    <article className="k-panel task" aria-label={task.title}>
      <div className="task-words k-stack-tight">
        <div className="k-row">
          <strong className="k-break">{task.title}</strong>
          <Tag>{t(`tasks.kind.${task.kind}`)}</Tag>
          {task.department && <Tag>{task.department}</Tag>}
        </div>
        {task.description && <p className="need-pre">{task.description}</p>}
        <p className="k-soft k-small">
          {t('tasks.assignee', { name: task.assignee.name })}
          {task.set_by && ` · ${t('tasks.by', { name: task.set_by.name })}`}
          {' · '}
          {done && task.done_at ? (
            <span className="k-done">{t('tasks.doneAt', { time: time(task.done_at) })}</span>
          ) : (
            <span className={task.overdue ? 'k-urgent' : ''}>
              {t('tasks.due', { day: day(task.due_on) })}
              {task.overdue && ` · ${t('tasks.overdue')}`}
            </span>
          )}
        </p>
        {task.note && <p className="need-pre">{task.note}</p>}
        {withNeed && task.need_visible && <Link to={to(`/needs?need=${task.need}`)}>{t('tasks.seeNeed')}</Link>}
      </div>
      {task.own && !done && <Button onClick={() => setEnding(true)}>{t('tasks.finish')}</Button>}
      {ending && <Finish task={task} onClose={() => setEnding(false)} />}
    </article>
  );
}

function Finish({ task, onClose }: { task: Task; onClose: () => void }) {
  const { t } = useTranslation('needs');
  const { t: common } = useTranslation();
  const problem = useProblemText();
  const [form] = Form.useForm<{ note: string }>();
  const finish = useDone(task.id);
  const send = ({ note }: { note: string }) =>
    finish.mutate(
      { version: task.version, note },
      {
        onSuccess: () => {
          feedback.success(t('tasks.finished'));
          onClose();
        },
        onError: (error) => {
          form.setFields(fieldErrors(error) as Parameters<typeof form.setFields>[0]);
          feedback.error(problem(error));
        },
      },
    );
  return (
    <Modal open {...keepsTyped} title={t('tasks.finish')} okText={t('tasks.finish')} cancelText={common('cancel')} confirmLoading={finish.isPending} onCancel={onClose} onOk={() => form.submit()}>
      <Form form={form} layout="vertical" onFinish={send}>
        <Form.Item name="note" label={t('tasks.note')} extra={t('tasks.noteHint')} rules={[{ required: true, whitespace: true, message: t('form.needed') }]}>
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
