import { Alert, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, today } from '@/app/address';
import { feedback } from '@/app/feedback';
import { useMe } from '@/app/session';
import { nobody, type CourseItem } from '@/api/types';
import { AudienceField } from '@/components/AudienceField';
import { serversWords, useProblemText } from '@/components/problem';
import { useAssign } from './queries';

/** Two weeks are what one gets if nobody says otherwise. */
const DAYS = 14;

/** Gives a course to people, until a day. */
export function AssignDialog({ course, onClose }: { course: CourseItem; onClose: () => void }) {
  const { t } = useTranslation('courses');
  const { t: common } = useTranslation();
  const { tenant } = useMe();
  const problem = useProblemText();
  const now = today(tenant.zone);
  const [audience, setAudience] = useState(nobody);
  const [due, setDue] = useState(addDays(now, DAYS));
  const assign = useAssign(course.id);
  const ready = audience.everybody || [audience.shops, audience.teams, audience.staff].some((chosen) => chosen?.length);
  const go = () =>
    assign.mutate(
      { audience, due: due || null },
      {
        onSuccess: ({ added, changed, done }) => {
          feedback.success([t('assign.added', { count: added }), changed > 0 && t('assign.changed', { count: changed }), done > 0 && t('assign.done', { count: done })].filter(Boolean).join(common('listSeparator')));
          onClose();
        },
      },
    );
  return (
    <Modal open title={t('assign.title', { title: course.title })} okText={t('assign.go')} cancelText={common('cancel')} okButtonProps={{ disabled: !ready }} confirmLoading={assign.isPending} onCancel={onClose} onOk={go}>
      <div className="k-stack">
        {assign.error && <Alert type="error" showIcon title={problem(assign.error)} description={serversWords(assign.error)} />}
        <Form layout="vertical">
          <Form.Item label={t('assign.who')}>
            <AudienceField value={audience} onChange={setAudience} />
          </Form.Item>
          <Form.Item label={t('assign.due')} extra={t('assign.dueHint')}>
            <Input type="date" value={due} min={now} onChange={({ target }) => setDue(target.value)} style={{ width: 180 }} />
          </Form.Item>
        </Form>
      </div>
    </Modal>
  );
}
