import { useMutation } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { useAddress } from '@/app/address';
import { api } from '@/api/client';
import { useList, useRefresh } from '@/api/queries';
import type { Job } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { useFormat } from '@/components/format';
import { Page } from '@/components/Page';
import { useProblemText } from '@/components/problem';

const states = ['dead', 'queued', 'done'] as const;
type State = (typeof states)[number];

/** Work in the background, above all what failed for good and waits for somebody. */
export default function JobsPage() {
  const { t } = useTranslation('jobs');
  const { get, set } = useAddress();
  const state: State = states.find((one) => one === get('state')) ?? 'dead';
  const list = useList<Job>('/jobs', { state });
  const columns = useColumns();
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      filters={<Segmented aria-label={t('stateLabel')} value={state} options={states.map((value) => ({ value, label: t(`state.${value}`) }))} onChange={(value) => set({ state: value })} />}
    >
      <DataTable<Job>
        name="jobs"
        label={t('title')}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        empty={<EmptyState title={state === 'dead' ? t('none.dead') : t('none.title')} text={state === 'dead' ? t('none.deadText') : ''} />}
      />
    </Page>
  );
}

function useColumns(): Column<Job>[] {
  const { t, i18n } = useTranslation('jobs');
  const { time, count } = useFormat();
  const problem = useProblemText();
  const refresh = useRefresh();
  const retry = useMutation({
    mutationFn: (id: string) => api.post(`/jobs/${id}/retry`),
    onSuccess: async () => {
      await refresh('/jobs', '/home');
      feedback.success(t('retried'));
    },
    onError: (error) => feedback.error(problem(error)),
  });
  // What this version does not know stays as it is written.
  const words = (kind: string) => {
    const key = kind.replaceAll('.', '_');
    return i18n.exists(`jobs:of.${key}`) ? t(`of.${key}` as 'of.imports_run') : kind;
  };
  return [
    { key: 'kind', title: t('kind'), always: true, render: (row) => words(row.kind), plain: (row) => row.kind },
    { key: 'attempts', title: t('attempts'), numeric: true, render: (row) => count(row.attempts), plain: (row) => row.attempts },
    { key: 'error', title: t('error'), render: (row) => <span className="table-wrap-cell">{row.last_error ?? '—'}</span>, plain: (row) => row.last_error },
    { key: 'at', title: t('at'), render: (row) => time(row.run_at), plain: (row) => row.run_at },
    {
      key: 'do',
      title: '',
      always: true,
      render: (row) =>
        row.state === 'dead' && (
          <Button size="small" loading={retry.isPending && retry.variables === row.id} onClick={() => retry.mutate(row.id)}>
            {t('retry')}
          </Button>
        ),
    },
  ];
}
