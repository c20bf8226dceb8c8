import { PlusOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal, Select, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { addDays, today } from '@/app/address';
import { useMe } from '@/app/session';
import { api } from '@/api/client';
import { useList, useRefresh } from '@/api/queries';
import type { Right, Token } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { useFormat } from '@/components/format';
import { Page } from '@/components/Page';
import { useProblemText } from '@/components/problem';
import { useRightName } from '@/components/rightName';

/** Tokens by which other programs come in; the secret is shown once. */
export default function TokensPage() {
  const { t } = useTranslation('tokens');
  const list = useList<Token>('/tokens');
  const [adding, setAdding] = useState(false);
  const columns = useColumns();
  const add = (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  );
  return (
    <Page title={t('title')} lead={t('lead')} actions={list.items.length > 0 && add}>
      <DataTable<Token>
        name="tokens"
        label={t('title')}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        empty={
          <EmptyState title={t('empty.title')} text={t('empty.text')}>
            {add}
          </EmptyState>
        }
      />
      {adding && <NewToken onClose={() => setAdding(false)} />}
    </Page>
  );
}

function useColumns(): Column<Token>[] {
  const { t } = useTranslation('tokens');
  const { t: common } = useTranslation();
  const { time } = useFormat();
  const rightName = useRightName();
  const problem = useProblemText();
  const refresh = useRefresh();
  const revoke = (token: Token) =>
    feedback.confirm({
      title: t('revoke.title', { name: token.name }),
      content: t('revoke.text'),
      okText: t('revoke.button'),
      cancelText: common('cancel'),
      okButtonProps: { danger: true },
      onOk: () =>
        api
          .delete(`/tokens/${token.id}`)
          .then(() => refresh('/tokens'))
          .catch((error: unknown) => feedback.error(problem(error))),
    });
  const names = (row: Token) => row.rights.map(rightName).join(common('listSeparator'));
  return [
    { key: 'name', title: t('name'), always: true, render: (row) => row.name, plain: (row) => row.name },
    { key: 'rights', title: t('rights'), render: (row) => <span className="table-wrap-cell">{names(row)}</span>, plain: names },
    { key: 'expires', title: t('expires'), render: (row) => (row.expires_at ? time(row.expires_at) : t('never')), plain: (row) => row.expires_at },
    { key: 'used', title: t('used'), render: (row) => (row.last_used_at ? time(row.last_used_at) : t('notUsed')), plain: (row) => row.last_used_at },
    { key: 'created', title: t('created'), render: (row) => time(row.created_at), plain: (row) => row.created_at },
    {
      key: 'do',
      title: '',
      always: true,
      render: (row) => (
        <Button size="small" danger onClick={() => revoke(row)}>
          {t('revoke.button')}
        </Button>
      ),
    },
  ];
}

interface Values {
  name: string;
  rights: Right[];
  days: number;
}

function NewToken({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('tokens');
  const { t: common } = useTranslation();
  const me = useMe();
  const problem = useProblemText();
  const rightName = useRightName();
  const refresh = useRefresh();
  const [form] = Form.useForm<Values>();
  const create = useMutation({
    mutationFn: ({ name, rights, days }: Values) =>
      api.post<{ token: string }>('/tokens', { name, rights, expires_at: `${addDays(today(me.tenant.zone), days)}T00:00:00Z` }),
    onSuccess: () => refresh('/tokens'),
    onError: (error) => feedback.error(problem(error)),
  });
  if (create.data) {
    return (
      <Modal open title={t('once.title')} onCancel={onClose} mask={{ closable: false }} footer={<Button type="primary" onClick={onClose}>{t('once.done')}</Button>}>
        <div className="k-stack-tight">
          <Alert type="warning" showIcon title={t('once.text')} />
          <Typography.Text code copyable className="k-break" data-testid="token-secret">
            {create.data.token}
          </Typography.Text>
        </div>
      </Modal>
    );
  }
  return (
    <Modal open title={t('add')} okText={t('create')} cancelText={common('cancel')} confirmLoading={create.isPending} onCancel={onClose} onOk={() => form.submit()}>
      <Form form={form} layout="vertical" initialValues={{ days: 90, rights: [] }} onFinish={(values) => create.mutate(values)}>
        <Form.Item name="name" label={t('name')} extra={t('nameHint')} rules={[{ required: true, whitespace: true, message: t('needed') }]}>
          <Input />
        </Form.Item>
        <Form.Item name="rights" label={t('rights')} extra={t('rightsHint')} rules={[{ required: true, message: t('needed') }]}>
          <Select mode="multiple" options={me.rights.map((value) => ({ value, label: rightName(value) }))} />
        </Form.Item>
        <Form.Item name="days" label={t('expires')}>
          <Select
            options={[
              { value: 30, label: t('days', { count: 30 }) },
              { value: 90, label: t('days', { count: 90 }) },
              { value: 365, label: t('days', { count: 365 }) },
            ]}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
