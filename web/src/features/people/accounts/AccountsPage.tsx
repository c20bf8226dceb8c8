import { useMutation } from '@tanstack/react-query';
import { Segmented, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { useAddress } from '@/app/address';
import { api } from '@/api/client';
import { useList, useRefresh } from '@/api/queries';
import type { Account, StaffItem, Uuid } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { useFormat } from '@/components/format';
import { Page } from '@/components/Page';
import { useProblemText } from '@/components/problem';
import { useSettled } from '@/components/useSettled';

/** Accounts that chat records brought, and whose they are. */
export default function AccountsPage() {
  const { t } = useTranslation('accounts');
  const { get, set } = useAddress();
  const all = get('linked') === 'all';
  const list = useList<Account>('/accounts', { linked: all ? null : false });
  const { count } = useFormat();
  const columns: Column<Account>[] = [
    { key: 'account', title: t('account'), always: true, render: (row) => row.account, plain: (row) => row.account },
    { key: 'shop', title: t('shop'), render: (row) => row.shop ?? '—', plain: (row) => row.shop },
    { key: 'conversations', title: t('conversations'), numeric: true, render: (row) => count(row.conversations), plain: (row) => row.conversations },
    { key: 'staff', title: t('staff'), always: true, render: (row) => <Linker account={row} /> },
  ];
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      filters={
        <Segmented
          aria-label={t('which')}
          value={all ? 'all' : 'open'}
          options={[
            { value: 'open', label: t('open') },
            { value: 'all', label: t('all') },
          ]}
          onChange={(value) => set({ linked: value === 'all' ? 'all' : null })}
        />
      }
    >
      <DataTable<Account>
        name="accounts"
        label={t('title')}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        empty={<EmptyState title={all ? t('empty.title') : t('done.title')} text={all ? t('empty.text') : t('done.text')} />}
      />
    </Page>
  );
}

function Linker({ account }: { account: Account }) {
  const { t } = useTranslation('accounts');
  const { t: common } = useTranslation();
  const problem = useProblemText();
  const refresh = useRefresh();
  const [typed, setTyped] = useState('');
  const staff = useList<StaffItem>('/staff', { q: useSettled(typed) || null, limit: 200 });
  const { staff_id: owner, name: ownerName } = account;
  const options = useMemo(() => {
    const found = staff.items.map(({ id, name, account: own, shop }) => ({ value: id, label: [name, own, shop?.name].filter(Boolean).join(' · ') }));
    // Whose it is stays readable where he is not among the first who were found.
    const others = owner && ownerName && !found.some(({ value }) => value === owner) ? [{ value: owner, label: ownerName }] : [];
    return [...found, ...others];
  }, [staff.items, owner, ownerName]);
  const link = useMutation({
    mutationFn: (staffId: Uuid | null) => api.patch(`/accounts/${account.id}`, { staff_id: staffId }),
    onSuccess: async () => {
      await refresh('/accounts', '/home', '/kpi');
      feedback.success(common('saved'));
    },
    onError: (error) => feedback.error(problem(error)),
  });
  return (
    <Select
      aria-label={t('link', { account: account.account })}
      placeholder={t('pick')}
      value={account.staff_id}
      options={options}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      allowClear
      loading={link.isPending}
      onChange={(value: Uuid | undefined) => link.mutate(value ?? null)}
      style={{ width: 260 }}
    />
  );
}
