import { useMutation } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useScopedTo } from '@/app/address';
import { feedback } from '@/app/feedback';
import { api } from '@/api/client';
import { useList, useRefresh } from '@/api/queries';
import type { Notice } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { useFormat } from '@/components/format';
import { Loading } from '@/components/Loading';
import { useProblemText } from '@/components/problem';
import { spoken } from '@/components/spoken';
import { Trouble } from '@/components/Trouble';
import './notices.css';

function useRead() {
  const refresh = useRefresh();
  const problem = useProblemText();
  return useMutation({
    mutationFn: (id: string | null) => api.post(id ? `/notices/${id}/read` : '/notices/read-all'),
    onSuccess: () => refresh('/notices', '/me'),
    onError: (error) => feedback.error(problem(error)),
  });
}

/** The inbox; opening a notice reads it. */
export default function NoticeList({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation('notices');
  const { t: common } = useTranslation();
  const [unread, setUnread] = useState(false);
  const list = useList<Notice>('/notices', { unread: unread || null });
  const read = useRead();
  return (
    <div className="k-stack-tight">
      <div className="k-spread">
        <Segmented
          aria-label={t('title')}
          value={unread ? 'unread' : 'all'}
          options={[
            { value: 'all', label: t('all') },
            { value: 'unread', label: t('unread') },
          ]}
          onChange={(value) => setUnread(value === 'unread')}
        />
        <Button type="text" size="small" loading={read.isPending} onClick={() => read.mutate(null)}>
          {t('readAll')}
        </Button>
      </div>
      {list.error && <Trouble error={list.error} onRetry={list.retry} />}
      {list.loading && <Loading />}
      {!list.loading && !list.error && list.items.length === 0 && <EmptyState title={t('empty')} text={t('emptyText')} />}
      <ul className="k-plain-list">
        {list.items.map((notice) => (
          <Item key={notice.id} notice={notice} onRead={() => notice.read_at === null && read.mutate(notice.id)} {...(onGo ? { onGo } : {})} />
        ))}
      </ul>
      {list.hasMore && (
        <Button loading={list.loadingMore} onClick={list.loadMore}>
          {common('table.more')}
        </Button>
      )}
    </div>
  );
}

function Item({ notice, onRead, onGo }: { notice: Notice; onRead: () => void; onGo?: () => void }) {
  const { t, i18n } = useTranslation('notices');
  const { time } = useFormat();
  const navigate = useNavigate();
  const to = useScopedTo();
  // A kind newer than this page still shows as something new.
  const kind = i18n.exists(`notices:kind.${notice.kind}`, { count: 1 }) ? notice.kind : 'other';
  const open = () => {
    onRead();
    if (!notice.link) return;
    onGo?.();
    void navigate(to(notice.link));
  };
  return (
    <li>
      <button type="button" className="inbox-line" data-unread={notice.read_at === null || undefined} onClick={open}>
        <span>{t(`kind.${kind as 'other'}`, spoken(notice.params))}</span>
        <span className="k-faint k-small">{time(notice.created_at)}</span>
      </button>
    </li>
  );
}
