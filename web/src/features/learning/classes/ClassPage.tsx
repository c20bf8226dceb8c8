import { CalendarOutlined, EditOutlined, QrcodeOutlined } from '@ant-design/icons';
import { Button, Descriptions } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useScopedTo } from '@/app/address';
import { feedback } from '@/app/feedback';
import { useRight } from '@/app/session';
import { downloadUrl } from '@/api/client';
import type { ClassDetail } from '@/api/types';
import { Go } from '@/components/Go';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { useProblemText } from '@/components/problem';
import { ThreadOf } from '@/components/ThreadOf';
import { Trouble } from '@/components/Trouble';
import { ClassExams } from './ClassExams';
import { ClassForm } from './ClassForm';
import { Feedback } from './FeedbackForm';
import { FeedbackResults } from './FeedbackResults';
import { MyPart } from './MyPart';
import { Participants } from './Participants';
import { useClass, useFeedback, useSteps } from './queries';
import { useNow } from './useNow';
import { ReasonDialog } from './ReasonDialog';
import { StateTag, useWhen, Where } from './words';
import './classes.css';

/** One class: what, when and where; who came; what they thought of it. */
export default function ClassPage() {
  const { id = '' } = useParams();
  const found = useClass(id);
  if (found.error && !found.data) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={8} />;
  return <Loaded key={id} item={found.data} />;
}

function Loaded({ item }: { item: ClassDetail }) {
  const { t } = useTranslation('classes');
  const when = useWhen();
  const ended = item.state === 'ended';
  const said = useFeedback(item.id, ended);
  return (
    <Page
      title={item.title}
      lead={
        <>
          <StateTag state={item.state} /> {when(item)} · <Where item={item} /> · {item.lecturer.name}
        </>
      }
      thread={<ThreadOf kind="class" id={item.id} />}
      actions={<Actions item={item} />}
    >
      {item.cancel_reason && <p className="k-urgent">{t('cancelled', { reason: item.cancel_reason })}</p>}
      {item.mine && <MyPart item={item} />}
      {said.data && <Feedback key={said.data.mine?.version ?? 0} id={item.id} said={said.data} />}
      <Facts item={item} />
      {item.counts && <Participants item={item} />}
      <ClassExams item={item} />
      {said.data?.results && <FeedbackResults results={said.data.results} until={said.data.until} />}
    </Page>
  );
}

function Facts({ item }: { item: ClassDetail }) {
  const { t } = useTranslation('classes');
  const { t: common } = useTranslation();
  const to = useScopedTo();
  const facts = [
    { key: 'competence', label: t('field.competence'), children: common(`competence.${item.competence}`) },
    ...(item.course ? [{ key: 'course', label: t('field.course'), children: <Link to={to(`/courses/${item.course.id}`)}>{item.course.name}</Link> }] : []),
    ...(item.plan_item ? [{ key: 'plan_item', label: t('field.plan_item'), children: item.plan_item.name }] : []),
    ...(item.seats ? [{ key: 'seats', label: t('field.seats'), children: item.seats }] : []),
    { key: 'late', label: t('field.late_after_min'), children: t('lateAfter', { count: item.late_after_min }) },
    {
      key: 'calendar',
      label: t('calendar.label'),
      children: (
        <a href={downloadUrl(`/classes/${item.id}/calendar.ics`)} download>
          <CalendarOutlined aria-hidden /> {t('calendar.add')}
        </a>
      ),
    },
  ];
  return (
    <section className="k-stack-tight" aria-label={t('about')}>
      {item.description && <p className="class-description">{item.description}</p>}
      <Descriptions size="small" column={{ xs: 1, sm: 2, lg: 3 }} items={facts} />
    </section>
  );
}

/** What can be done with the class now; what comes next is the primary button. */
function Actions({ item }: { item: ClassDetail }) {
  const { t } = useTranslation('classes');
  const { t: common } = useTranslation();
  const problem = useProblemText();
  const mayArrange = useRight('class:write') && item.in_hands;
  const mayTeach = useRight('class:teach') && item.in_hands;
  const steps = useSteps(item);
  const [open, setOpen] = useState<'edit' | 'cancel' | null>(null);
  const over = useNow() >= Date.parse(item.ends_at);
  const changeable = item.state === 'planned' || (item.state === 'announced' && !over);
  const failed = (error: unknown) => feedback.error(problem(error));
  const announce = () =>
    feedback.confirm({
      title: t('announce.title'),
      content: t('announce.text', { count: item.counts?.people ?? 0 }),
      okText: t('announce.go'),
      cancelText: common('cancel'),
      onOk: () => steps.announce.mutateAsync().catch(failed),
    });
  const close = () =>
    feedback.confirm({
      title: t('end.title'),
      content: t('end.text', { count: item.counts?.invited ?? 0 }),
      okText: t('end.go'),
      cancelText: common('cancel'),
      onOk: () => steps.close.mutateAsync().catch(failed),
    });
  return (
    <>
      {mayArrange && changeable && (
        <>
          <Button danger onClick={() => setOpen('cancel')}>
            {t('cancel.button')}
          </Button>
          <Button icon={<EditOutlined aria-hidden />} onClick={() => setOpen('edit')}>
            {common('edit')}
          </Button>
        </>
      )}
      {mayArrange && item.state === 'planned' && (
        <Button type="primary" onClick={announce} loading={steps.announce.isPending}>
          {t('announce.button')}
        </Button>
      )}
      {mayTeach && item.state === 'announced' && !over && (
        <Go to={`/classes/${item.id}/screen`} icon={<QrcodeOutlined aria-hidden />}>
          {t('screen.button')}
        </Go>
      )}
      {mayTeach && item.state === 'announced' && over && (
        <Button type="primary" onClick={close} loading={steps.close.isPending}>
          {t('end.button')}
        </Button>
      )}
      {item.mine?.sign_in && !mayTeach && <Go to={`/classes/${item.id}/sign-in`}>{t('signIn.button')}</Go>}
      {open === 'edit' && <ClassForm old={item} onClose={() => setOpen(null)} />}
      {open === 'cancel' && (
        <ReasonDialog
          title={t('cancel.title')}
          text={item.state === 'announced' ? t('cancel.text') : t('cancel.textPlanned')}
          ok={t('cancel.button')}
          pending={steps.cancel.isPending}
          onClose={() => setOpen(null)}
          onOk={(reason) => steps.cancel.mutate(reason, { onError: failed, onSuccess: () => setOpen(null) })}
        />
      )}
    </>
  );
}
