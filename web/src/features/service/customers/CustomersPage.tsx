import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { useAddress, useScopedTo } from '@/app/address';
import { Link } from 'react-router';
import { api } from '@/api/client';
import { useList, useRefresh } from '@/api/queries';
import type { Customer } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { ListFilters } from '@/components/ListFilters';
import { Page } from '@/components/Page';
import { useProblemText } from '@/components/problem';

/** Find a customer and erase his data for good, as the law lets him ask. */
export default function CustomersPage() {
  const { t } = useTranslation('customers');
  const { get } = useAddress();
  const to = useScopedTo();
  const q = get('q') ?? '';
  const list = useList<Customer>('/customers', { q }, { enabled: q !== '' });
  const [erasing, setErasing] = useState<Customer | null>(null);
  const columns: Column<Customer>[] = [
    { key: 'name', title: t('name'), always: true, render: (row) => row.name ?? <span className="k-faint">{t('erased')}</span>, plain: (row) => row.name },
    { key: 'shop', title: t('shop'), render: (row) => row.shop.name, plain: (row) => row.shop.name },
    { key: 'chats', title: t('conversations'), render: (row) => <Link to={to(`/conversations?customer=${encodeURIComponent(row.id)}`)}>{t('see')}</Link> },
    {
      key: 'erase',
      title: '',
      always: true,
      render: (row) =>
        !row.erased && (
        <Button size="small" danger onClick={() => setErasing(row)}>
          {t('erase.button')}
        </Button>
      ),
    },
  ];
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      filters={<ListFilters search={t('search')} />}
    >
      {q === '' ? (
        <EmptyState title={t('start.title')} text={t('start.text')} />
      ) : (
        <DataTable<Customer>
          name="customers"
          label={t('title')}
          columns={columns}
          list={list}
          rowKey={(row) => row.id}
          empty={<EmptyState title={t('none.title')} text={t('none.text')} />}
        />
      )}
      {erasing && <EraseDialog customer={erasing} onClose={() => setErasing(null)} />}
    </Page>
  );
}

function EraseDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { t } = useTranslation('customers');
  const { t: common } = useTranslation();
  const problem = useProblemText();
  const refresh = useRefresh();
  const [form] = Form.useForm<{ reason: string }>();
  const erase = useMutation({
    mutationFn: ({ reason }: { reason: string }) => api.post(`/customers/${customer.id}/erase`, { reason }),
    onSuccess: async () => {
      await refresh('/customers', '/conversations');
      feedback.success(t('erase.done'));
      onClose();
    },
    onError: (error) => feedback.error(problem(error)),
  });
  return (
    <Modal
      open
      title={t('erase.title', { name: customer.name ?? String(customer.number) })}
      okText={t('erase.button')}
      cancelText={common('cancel')}
      okButtonProps={{ danger: true }}
      confirmLoading={erase.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <p className="k-soft">{t('erase.text')}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => erase.mutate(values)}>
        <Form.Item name="reason" label={t('erase.reason')} rules={[{ required: true, whitespace: true, message: t('erase.reasonNeeded') }]}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
