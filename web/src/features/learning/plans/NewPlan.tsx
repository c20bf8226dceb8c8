import { Checkbox, Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { addDays, today } from '@/app/address';
import { feedback } from '@/app/feedback';
import { plansForAll, useMe } from '@/app/session';
import { planKinds, type PlanKind } from '@/api/types';
import { keepsTyped } from '@/components/keepsTyped';
import { fieldErrors, useProblemText } from '@/components/problem';
import { useMake, useOpenNeeds } from './queries';
import './plans.css';

interface Values {
  kind: PlanKind;
  from: string;
  to: string;
  place?: string;
  needs?: string[];
}

/** The days that a plan of a kind covers, counted from a day. */
function daysOf(kind: PlanKind, now: string): { from: string; to: string } {
  const year = Number(now.slice(0, 4));
  const month = Number(now.slice(5, 7));
  const first = (y: number, m: number) => `${y + Math.floor((m - 1) / 12)}-${String(((m - 1) % 12) + 1).padStart(2, '0')}-01`;
  const until = (y: number, m: number) => addDays(first(y, m), -1);
  if (kind === 'annual') return { from: `${year}-01-01`, to: `${year}-12-31` };
  if (kind === 'quarterly') {
    const start = month - ((month - 1) % 3);
    return { from: first(year, start), to: until(year, start + 3) };
  }
  if (kind === 'monthly') return { from: first(year, month), to: until(year, month + 1) };
  return { from: now, to: addDays(now, 30) };
}

/** Kind, days, place and needs of a plan: the program proposes, a person goes on. */
export function NewPlan({ onClose, onMade }: { onClose: () => void; onMade: (id: string) => void }) {
  const { t } = useTranslation('plans');
  const { t: common } = useTranslation();
  const me = useMe();
  const problem = useProblemText();
  const make = useMake();
  const needs = useOpenNeeds();
  const [form] = Form.useForm<Values>();
  const chosen = Form.useWatch('needs', form) ?? [];
  const kind = Form.useWatch('kind', form) ?? 'monthly';
  const whole = plansForAll(me);
  const places = me.shops.flatMap((shop) => [{ value: shop.id, label: shop.name }, ...shop.teams.map((team) => ({ value: `${shop.id}/${team.id}`, label: `${shop.name} · ${team.name}` }))]);
  const held = me.roles.filter(({ role }) => role === 'supervisor').map(({ shop_id, team_id }) => (team_id ? `${shop_id ?? ''}/${team_id}` : (shop_id ?? '')));
  const own = places.filter(({ value }) => whole || held.includes(value) || held.includes(value.split('/')[0] ?? '') || held.some((place) => place.endsWith(value.split('/')[1] ?? ' ')));
  const now = today(me.tenant.zone);
  const send = ({ place = '', needs: ids = [], ...rest }: Values) => {
    const [shop = '', team = ''] = rest.kind === 'annual' || rest.kind === 'temporary' ? [] : place.split('/');
    const asked = { ...rest, shop: shop || null, team: team || null, needs: ids };
    make.mutate(
      { asked, blank: `${t(`kind.${rest.kind}`)} ${rest.from}` },
      {
        onSuccess: (made) => onMade(made.plan.id),
        onError: (error) => {
          form.setFields(fieldErrors(error) as Parameters<typeof form.setFields>[0]);
          feedback.error(problem(error));
        },
      },
    );
  };
  const needed = [{ required: true, message: t('needed') }];
  const start: Values = { kind: 'monthly', ...daysOf('monthly', now), place: whole ? '' : (own[0]?.value ?? '') };
  return (
    <Modal open {...keepsTyped} width={640} title={t('new.title')} okText={chosen.length > 0 ? t('new.draft') : t('new.blank')} cancelText={common('cancel')} confirmLoading={make.isPending} onCancel={onClose} onOk={() => form.submit()}>
      <Form form={form} layout="vertical" initialValues={start} onFinish={send}>
        <div className="plan-grid">
          <Form.Item name="kind" label={t('new.kind')} rules={needed}>
            <Select
              options={planKinds.filter((value) => whole || value === 'quarterly' || value === 'monthly').map((value) => ({ value, label: t(`kind.${value}`) }))}
              onChange={(value: PlanKind) => form.setFieldsValue(daysOf(value, now))}
            />
          </Form.Item>
          {(kind === 'quarterly' || kind === 'monthly') && (
            <Form.Item name="place" label={t('new.place')} rules={whole ? [] : needed}>
              <Select options={whole ? [{ value: '', label: t('whole') }, ...own] : own} />
            </Form.Item>
          )}
          <Form.Item name="from" label={t('new.from')} rules={needed}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="to" label={t('new.to')} rules={needed}>
            <Input type="date" />
          </Form.Item>
        </div>
        <Form.Item name="needs" label={t('new.needs')} extra={needs.items.length > 0 ? `${t('new.needsHint')} · ${t('new.count', { count: chosen.length })}` : t('new.none')}>
          <Checkbox.Group className="k-stack-tight plan-needs" options={needs.items.map(({ id, title, people }) => ({ value: id, label: `${title} · ${t('new.people', { count: people })}` }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
