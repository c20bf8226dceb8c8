import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { useMe, useRight } from '@/app/session';
import { api } from '@/api/client';
import { useList, useRefresh } from '@/api/queries';
import type { Shop, Team } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { Loading } from '@/components/Loading';
import { zoneName } from '@/components/names';
import { Page } from '@/components/Page';
import { fieldErrors, useProblemText } from '@/components/problem';
import { Trouble } from '@/components/Trouble';
import { FactorPolicy } from './FactorPolicy';
import './shops.css';

type Editing = { kind: 'shop'; shop: Shop | null } | { kind: 'team'; shop: Shop; team: Team | null };

/** The shops and the teams in them. */
export default function ShopsPage() {
  const { t } = useTranslation('shops');
  const mayWrite = useRight('org:write');
  const list = useList<Shop>('/shops');
  const [editing, setEditing] = useState<Editing | null>(null);
  const add = (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setEditing({ kind: 'shop', shop: null })}>
      {t('add')}
    </Button>
  );
  return (
    <Page title={t('title')} lead={t('lead')} actions={mayWrite && list.items.length > 0 && add}>
      {list.error && <Trouble error={list.error} onRetry={list.retry} />}
      {list.loading && <Loading />}
      {!list.loading && !list.error && list.items.length === 0 && (
        <EmptyState title={t('empty.title')} text={t('empty.text')}>
          {mayWrite && add}
        </EmptyState>
      )}
      <ul className="k-plain-list shops">
        {list.items.map((shop) => (
          <li key={shop.id} className="k-panel">
            <ShopCard shop={shop} mayWrite={mayWrite} onEdit={setEditing} />
          </li>
        ))}
      </ul>
      {mayWrite && <FactorPolicy />}
      {editing?.kind === 'shop' && <ShopForm shop={editing.shop} onClose={() => setEditing(null)} />}
      {editing?.kind === 'team' && <TeamForm shop={editing.shop} team={editing.team} onClose={() => setEditing(null)} />}
    </Page>
  );
}

function ShopCard({ shop, mayWrite, onEdit }: { shop: Shop; mayWrite: boolean; onEdit: (editing: Editing) => void }) {
  const { t, i18n } = useTranslation('shops');
  const { t: common } = useTranslation();
  const problem = useProblemText();
  const refresh = useRefresh();
  const remove = (team: Team) =>
    feedback.confirm({
      title: t('team.remove', { name: team.name }),
      content: t('team.removeText'),
      okText: common('delete'),
      cancelText: common('cancel'),
      okButtonProps: { danger: true },
      onOk: () =>
        api
          .delete(`/teams/${team.id}`)
          .then(() => refresh('/shops', '/me', '/staff'))
          .catch((error: unknown) => feedback.error(problem(error))),
    });
  return (
    <>
      <div className="k-spread">
        <h2>{shop.name}</h2>
        {mayWrite && <Button type="text" icon={<EditOutlined aria-hidden />} aria-label={t('editNamed', { name: shop.name })} onClick={() => onEdit({ kind: 'shop', shop })} />}
      </div>
      <p className="k-faint k-small">
        {shop.code} · {zoneName(shop.zone, i18n.language)}
      </p>
      <ul className="k-plain-list shops-teams">
        {shop.teams.map((team) => (
          <li key={team.id} className="k-spread">
            <span>{team.name}</span>
            {mayWrite && (
              <span className="shops-tools">
                <Button type="text" size="small" icon={<EditOutlined aria-hidden />} aria-label={t('editNamed', { name: team.name })} onClick={() => onEdit({ kind: 'team', shop, team })} />
                <Button type="text" size="small" icon={<DeleteOutlined aria-hidden />} aria-label={t('team.remove', { name: team.name })} onClick={() => remove(team)} />
              </span>
            )}
          </li>
        ))}
        {shop.teams.length === 0 && <li className="k-faint">{t('team.none')}</li>}
      </ul>
      {mayWrite && (
        <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => onEdit({ kind: 'team', shop, team: null })}>
          {t('team.add')}
        </Button>
      )}
    </>
  );
}

function useSave<V>(send: (values: V) => Promise<unknown>, onClose: () => void) {
  const { t } = useTranslation();
  const problem = useProblemText();
  const refresh = useRefresh();
  const [form] = Form.useForm<V>();
  const save = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await refresh('/shops', '/me');
      feedback.success(t('saved'));
      onClose();
    },
    onError: (error) => {
      form.setFields(fieldErrors(error) as Parameters<typeof form.setFields>[0]);
      feedback.error(problem(error));
    },
  });
  return { form, save };
}

interface ShopValues {
  code: string;
  name: string;
  zone: string;
}

function ShopForm({ shop, onClose }: { shop: Shop | null; onClose: () => void }) {
  const { t } = useTranslation('shops');
  const { t: common } = useTranslation();
  const me = useMe();
  const { form, save } = useSave<ShopValues>((values) => (shop ? api.patch(`/shops/${shop.id}`, { ...values, version: shop.version }) : api.post('/shops', values)), onClose);
  const zones = Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value }));
  return (
    <Modal open title={shop ? t('edit') : t('add')} okText={common('save')} cancelText={common('cancel')} confirmLoading={save.isPending} onCancel={onClose} onOk={() => form.submit()}>
      <Form<ShopValues> form={form} layout="vertical" initialValues={shop ?? { zone: me.tenant.zone }} onFinish={(values) => save.mutate(values)}>
        <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true, message: t('needed') }]}>
          <Input />
        </Form.Item>
        <Form.Item name="code" label={t('code')} extra={t('codeHint')} rules={[{ required: true, whitespace: true, message: t('needed') }]}>
          <Input />
        </Form.Item>
        <Form.Item name="zone" label={t('zone')} extra={t('zoneHint')} rules={[{ required: true, message: t('needed') }]}>
          <Select showSearch options={zones} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function TeamForm({ shop, team, onClose }: { shop: Shop; team: Team | null; onClose: () => void }) {
  const { t } = useTranslation('shops');
  const { t: common } = useTranslation();
  const { form, save } = useSave<{ name: string }>(
    ({ name }) => (team ? api.patch(`/teams/${team.id}`, { name, version: team.version }) : api.post('/teams', { shop_id: shop.id, name })),
    onClose,
  );
  return (
    <Modal open title={team ? t('team.edit') : t('team.addTo', { shop: shop.name })} okText={common('save')} cancelText={common('cancel')} confirmLoading={save.isPending} onCancel={onClose} onOk={() => form.submit()}>
      <Form form={form} layout="vertical" initialValues={{ name: team?.name ?? '' }} onFinish={(values) => save.mutate(values)}>
        <Form.Item name="name" label={t('team.name')} rules={[{ required: true, whitespace: true, message: t('needed') }]}>
          <Input />
        </Form.Item>
      </Form>
    </Modal>
  );
}
