import { PlusOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { feedback } from '@/app/feedback';
import { useRight } from '@/app/session';
import { api } from '@/api/client';
import { useList, useRefresh } from '@/api/queries';
import type { Tenant } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { Page } from '@/components/Page';
import { fieldErrors, useProblemText } from '@/components/problem';

/** The merchants of a marketplace. */
export default function MerchantsPage() {
  const { t } = useTranslation('tenants');
  const { t: common } = useTranslation();
  const mayWrite = useRight('org:write');
  const list = useList<Tenant>('/tenants');
  const [editing, setEditing] = useState<{ tenant: Tenant | null } | null>(null);
  const columns: Column<Tenant>[] = [
    { key: 'name', title: t('name'), always: true, render: (row) => row.name, plain: (row) => row.name },
    { key: 'slug', title: t('slug'), render: (row) => row.slug, plain: (row) => row.slug },
    {
      key: 'do',
      title: '',
      always: true,
      render: (row) => (
        <span className="k-row">
          <Link to={`/shops?tenant=${row.slug}`}>{t('shops')}</Link>
          <Link to={`/staff?tenant=${row.slug}`}>{t('staff')}</Link>
          {mayWrite && (
            <button type="button" className="k-link-button" onClick={() => setEditing({ tenant: row })}>
              {common('edit')}
            </button>
          )}
        </span>
      ),
    },
  ];
  const add = (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setEditing({ tenant: null })}>
      {t('add')}
    </Button>
  );
  return (
    <Page title={t('title')} lead={t('lead')} actions={mayWrite && list.items.length > 0 && add}>
      <DataTable<Tenant>
        name="merchants"
        label={t('title')}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        empty={
          <EmptyState title={t('empty.title')} text={t('empty.text')}>
            {mayWrite && add}
          </EmptyState>
        }
      />
      {editing && <TenantForm tenant={editing.tenant} onClose={() => setEditing(null)} />}
    </Page>
  );
}

function TenantForm({ tenant, onClose }: { tenant: Tenant | null; onClose: () => void }) {
  const { t } = useTranslation('tenants');
  const { t: common } = useTranslation();
  const problem = useProblemText();
  const refresh = useRefresh();
  const [form] = Form.useForm<{ slug: string; name: string }>();
  const save = useMutation({
    mutationFn: ({ slug, name }: { slug: string; name: string }) =>
      tenant ? api.patch(`/tenants/${tenant.id}`, { name, version: tenant.version }) : api.post('/tenants', { slug, name }),
    onSuccess: async () => {
      await refresh('/tenants', '/me');
      feedback.success(common('saved'));
      onClose();
    },
    onError: (error) => {
      form.setFields(fieldErrors(error) as Parameters<typeof form.setFields>[0]);
      feedback.error(problem(error));
    },
  });
  return (
    <Modal open title={tenant ? t('edit') : t('add')} okText={common('save')} cancelText={common('cancel')} confirmLoading={save.isPending} onCancel={onClose} onOk={() => form.submit()}>
      <Form form={form} layout="vertical" initialValues={tenant ?? {}} onFinish={(values) => save.mutate(values)}>
        <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true, message: t('needed') }]}>
          <Input />
        </Form.Item>
        {!tenant && (
          <Form.Item name="slug" label={t('slug')} extra={t('slugHint')} rules={[{ required: true, pattern: /^[a-z0-9][a-z0-9-]*$/, message: t('slugWrong') }]}>
            <Input autoCapitalize="none" />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
