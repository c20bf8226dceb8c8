import { Button, Form, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { useMe, useRight } from '@/app/session';
import type { Attendance, ClassDetail, ClassParticipant } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { useFormat } from '@/components/format';
import { useProblemText } from '@/components/problem';
import { useAttendance } from './queries';
import { ReasonDialog } from './ReasonDialog';
import { StatusText } from './words';

/** Who takes part and who came; who teaches puts it right here. */
export function Participants({ item }: { item: ClassDetail }) {
  const { t } = useTranslation('classes');
  const mayTeach = useRight('class:teach') && item.in_hands && (item.state === 'announced' || item.state === 'ended');
  const [setting, setSetting] = useState<ClassParticipant | null>(null);
  const counts = item.counts;
  return (
    <section className="k-stack-tight" aria-label={t('people.title')}>
      <h2>{t('people.title')}</h2>
      {counts && (
        <p className="k-row-wide k-soft">
          <span>{t('persons', { count: counts.people })}</span>
          {(['present', 'late', 'leave', 'absent', 'invited'] as const)
            .filter((status) => counts[status] > 0)
            .map((status) => (
              <span key={status}>
                <StatusText status={status} /> {counts[status]}
              </span>
            ))}
        </p>
      )}
      <DataTable<ClassParticipant>
        name="class-people"
        label={t('people.title')}
        columns={useColumns(item, mayTeach ? setSetting : null)}
        list={{ items: item.participants }}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('people.none')} text={item.in_hands ? t('people.noneText') : t('people.noneTeach')} />}
      />
      {setting && <SetStatus item={item} person={setting} onClose={() => setSetting(null)} />}
    </section>
  );
}

function useColumns(item: ClassDetail, onSet: ((person: ClassParticipant) => void) | null): Column<ClassParticipant>[] {
  const { t } = useTranslation('classes');
  const me = useMe();
  const { clock } = useFormat();
  const shop = (row: ClassParticipant) => me.shops.find(({ id }) => id === row.shop_id);
  const place = (row: ClassParticipant) => [shop(row)?.name, shop(row)?.teams.find(({ id }) => id === row.team_id)?.name].filter(Boolean).join(' · ');
  const columns: Column<ClassParticipant>[] = [
    { key: 'name', title: t('people.name'), always: true, render: (row) => row.name, plain: (row) => row.name },
    { key: 'place', title: t('people.place'), render: (row) => place(row) || '—', plain: place },
    { key: 'status', title: t('people.status'), render: (row) => <StatusText status={row.status} />, plain: (row) => t(`status.${row.status}`) },
    { key: 'at', title: t('people.at'), render: (row) => (row.signed_in_at ? clock(row.signed_in_at, item.zone) : '—'), plain: (row) => row.signed_in_at },
    { key: 'reason', title: t('people.reason'), render: (row) => <span className="k-break">{row.reason ?? row.leave_reason ?? '—'}</span>, plain: (row) => row.reason ?? row.leave_reason },
  ];
  if (!onSet) return columns;
  return [
    ...columns,
    {
      key: 'act',
      title: '',
      always: true,
      render: (row) => (
        <span className="k-row">
          {row.leave_state === 'asked' && item.state === 'announced' && <LeaveAnswer id={item.id} person={row} />}
          <Button size="small" type="text" onClick={() => onSet(row)}>
            {t('people.set')}
          </Button>
        </span>
      ),
    },
  ];
}

function LeaveAnswer({ id, person }: { id: string; person: ClassParticipant }) {
  const { t } = useTranslation('classes');
  const problem = useProblemText();
  const { answer } = useAttendance(id);
  const say = (granted: boolean) => answer.mutate({ staff: person.id, granted, version: person.version }, { onError: (error) => feedback.error(problem(error)) });
  return (
    <>
      <Button size="small" loading={answer.isPending} onClick={() => say(true)}>
        {t('leave.grant')}
      </Button>
      <Button size="small" disabled={answer.isPending} onClick={() => say(false)}>
        {t('leave.refuse')}
      </Button>
    </>
  );
}

function SetStatus({ item, person, onClose }: { item: ClassDetail; person: ClassParticipant; onClose: () => void }) {
  const { t } = useTranslation('classes');
  const problem = useProblemText();
  const { set } = useAttendance(item.id);
  const [status, setStatus] = useState<Attendance>(person.status === 'invited' ? 'present' : person.status);
  const choices: Attendance[] = item.state === 'ended' ? ['present', 'late', 'leave', 'absent'] : ['present', 'late', 'leave', 'absent', 'invited'];
  return (
    <ReasonDialog
      title={t('people.setTitle', { name: person.name })}
      text={t('people.setText')}
      ok={t('people.set')}
      pending={set.isPending}
      onClose={onClose}
      onOk={(reason) =>
        set.mutate({ staff: person.id, status, reason, version: person.version }, { onError: (error) => feedback.error(problem(error)), onSuccess: onClose })
      }
    >
      <Form.Item label={t('people.status')}>
        <Select<Attendance> value={status} onChange={setStatus} options={choices.map((value) => ({ value, label: t(`status.${value}`) }))} />
      </Form.Item>
    </ReasonDialog>
  );
}
