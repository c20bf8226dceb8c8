import { Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/app/address';
import { EmptyState } from '@/components/EmptyState';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { Trouble } from '@/components/Trouble';
import { useTasks } from './queries';
import { TaskLine } from './TaskLine';
import './needs.css';

/** Coaching and improvements to be done: mine, and those of my people's needs. */
export default function TasksPage() {
  const { t } = useTranslation('needs');
  const { t: common } = useTranslation();
  const { get, set } = useAddress();
  const mine = get('mine') === 'true';
  const state = get('state') ?? '';
  const list = useTasks({ mine: mine || null, state: state || null });
  return (
    <Page
      title={t('tasks.title')}
      lead={t('tasks.lead')}
      filters={
        <>
          <Segmented
            aria-label={t('tasks.title')}
            value={mine ? 'mine' : 'all'}
            options={[
              { value: 'mine', label: t('tasks.mine') },
              { value: 'all', label: t('tasks.all') },
            ]}
            onChange={(value) => set({ mine: value === 'mine' ? 'true' : null })}
          />
          <Segmented
            aria-label={t('column.state')}
            value={state}
            options={[
              { value: '', label: t('all') },
              { value: 'open', label: t('tasks.openOnly') },
              { value: 'done', label: t('tasks.doneOnly') },
            ]}
            onChange={(value) => set({ state: value })}
          />
        </>
      }
    >
      {list.error && <Trouble error={list.error} onRetry={list.retry} />}
      {list.loading && <Loading rows={6} />}
      {!list.loading && !list.error && list.items.length === 0 && <EmptyState title={t('tasks.empty')} text={t('tasks.emptyText')} />}
      <div className="k-stack-tight">
        {list.items.map((task) => (
          <TaskLine key={task.id} task={task} withNeed />
        ))}
      </div>
      {list.hasMore && (
        <Button loading={list.loadingMore} onClick={list.loadMore}>
          {common('table.more')}
        </Button>
      )}
    </Page>
  );
}
