import { EditOutlined } from '@ant-design/icons';
import { Button, Descriptions, Drawer, Select, Tag, Timeline } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { useMe, useRight } from '@/app/session';
import { roles, type Role, type StaffDetail } from '@/api/types';
import { Loading } from '@/components/Loading';
import { useProblemText } from '@/components/problem';
import { Trouble } from '@/components/Trouble';
import { useResetFactor, useRoles, useStaff } from './queries';
import { StaffForm } from './StaffForm';

/** One member of staff: facts, roles, how level and position changed. */
export function StaffDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useTranslation('staff');
  return (
    <Drawer open={id !== null} onClose={onClose} size={520} title={t('one')} mask={false} destroyOnHidden data-testid="staff-detail">
      {id && <Detail key={id} id={id} />}
    </Drawer>
  );
}

function Detail({ id }: { id: string }) {
  const found = useStaff(id);
  if (found.error && !found.data) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  return <Loaded staff={found.data} />;
}

function Loaded({ staff }: { staff: StaffDetail }) {
  const { t } = useTranslation('staff');
  const { t: common } = useTranslation();
  const me = useMe();
  const mayWrite = useRight('staff:write');
  const [editing, setEditing] = useState(false);
  const facts = [
    ['account', staff.account],
    ['login', staff.login],
    ['shop', staff.shop?.name],
    ['team', staff.team?.name],
    ['level', staff.level],
    ['position', staff.position],
    ['joined_on', staff.joined_on],
    ['phone', staff.phone],
    ['email', staff.email],
    ['second_factor', t(staff.second_factor ? 'factor.on' : 'factor.off')],
  ] as const;
  return (
    <div className="k-stack">
      <div className="k-spread">
        <h2>{staff.name}</h2>
        {mayWrite && (
          <Button icon={<EditOutlined aria-hidden />} onClick={() => setEditing(true)}>
            {common('edit')}
          </Button>
        )}
      </div>
      <Descriptions column={1} size="small" items={facts.map(([field, value]) => ({ key: field, label: t(`field.${field}`), children: value ?? '—' }))} />
      {mayWrite && staff.second_factor && staff.id !== me.staff_id && <ResetFactor staff={staff} />}
      <Roles staff={staff} />
      <section className="k-stack-tight">
        <h3>{t('history.title')}</h3>
        {staff.history.length === 0 ? (
          <p className="k-faint">{t('history.none')}</p>
        ) : (
          <Timeline
            items={staff.history.map((step) => ({
              content: (
                <>
                  <div>{[step.shop, step.team, step.position, step.level].filter(Boolean).join(' · ') || '—'}</div>
                  <div className="k-faint k-small">{step.to ? t('history.span', { from: step.from, to: step.to }) : t('history.since', { from: step.from })}</div>
                </>
              ),
            }))}
          />
        )}
      </section>
      {editing && <StaffForm staff={staff} onClose={() => setEditing(false)} />}
    </div>
  );
}

/** For whoever lost the phone and the recovery codes. */
function ResetFactor({ staff }: { staff: StaffDetail }) {
  const { t } = useTranslation('staff');
  const { t: common } = useTranslation();
  const reset = useResetFactor(staff.id);
  const problem = useProblemText();
  const ask = () =>
    feedback.confirm({
      title: t('factor.title', { name: staff.name }),
      content: t('factor.text'),
      okText: t('factor.reset'),
      cancelText: common('cancel'),
      okButtonProps: { danger: true },
      onOk: () =>
        reset
          .mutateAsync()
          .then(() => feedback.success(t('factor.done')))
          .catch((error: unknown) => feedback.error(problem(error))),
    });
  return (
    <div>
      <Button size="small" danger onClick={ask}>
        {t('factor.reset')}
      </Button>
    </div>
  );
}

function Roles({ staff }: { staff: StaffDetail }) {
  const { t } = useTranslation('staff');
  const { t: common } = useTranslation();
  const me = useMe();
  const mayGive = useRight('role:write');
  const { give, take } = useRoles(staff.id);
  const problem = useProblemText();
  const [role, setRole] = useState<Role | null>(null);
  const [where, setWhere] = useState('');
  const failed = (error: unknown) => feedback.error(problem(error));
  const placeOf = (shopId: string | null, teamId: string | null) => {
    const shop = me.shops.find(({ id }) => id === shopId);
    const team = me.shops.flatMap(({ teams }) => teams).find(({ id }) => id === teamId);
    return [shop?.name, team?.name].filter(Boolean).join(' · ') || t('roles.everywhere');
  };
  const places = [{ value: '', label: t('roles.everywhere') }].concat(
    me.shops.flatMap((shop) => [{ value: shop.id, label: shop.name }, ...shop.teams.map((team) => ({ value: `${shop.id}/${team.id}`, label: `${shop.name} · ${team.name}` }))]),
  );
  const add = () => {
    if (!role) return;
    const [shop = '', team = ''] = where.split('/');
    give.mutate({ role, shop_id: shop || null, team_id: team || null }, { onError: failed, onSuccess: () => setRole(null) });
  };
  return (
    <section className="k-stack-tight">
      <h3>{t('roles.title')}</h3>
      <div className="k-row">
        {staff.roles.length === 0 && <span className="k-faint">{t('roles.none')}</span>}
        {staff.roles.map((assignment) => (
          <Tag
            key={assignment.id}
            closable={mayGive}
            onClose={(event) => {
              // The tag goes when the server has agreed.
              event.preventDefault();
              take.mutate(assignment.id, { onError: failed });
            }}
          >
            {common(`role.${assignment.role}`)} · {placeOf(assignment.shop_id, assignment.team_id)}
          </Tag>
        ))}
      </div>
      {mayGive && (
        <div className="k-row">
          <Select<Role> aria-label={t('role')} placeholder={t('role')} value={role} onChange={setRole} options={roles.map((value) => ({ value, label: common(`role.${value}`) }))} style={{ width: 130 }} />
          <Select aria-label={t('roles.where')} value={where} onChange={setWhere} options={places} style={{ minWidth: 180 }} />
          <Button disabled={!role} loading={give.isPending} onClick={add}>
            {t('roles.give')}
          </Button>
        </div>
      )}
    </section>
  );
}
