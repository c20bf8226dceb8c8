import { PlusOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useAddress, useScopedTo } from '@/app/address';
import { feedback } from '@/app/feedback';
import { useMe } from '@/app/session';
import { api } from '@/api/client';
import { useRefresh } from '@/api/queries';
import type { ArchiveRequest } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { useFormat } from '@/components/format';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { useProblemText } from '@/components/problem';
import { Trouble } from '@/components/Trouble';
import { ApplyDialog } from './ApplyDialog';
import { DecideDialog } from './DecideDialog';
import { useRequests } from './queries';
import './archive.css';

/** Applications for a look into somebody's archive: those to decide on, then all others. */
export default function RequestsPage() {
  const { t } = useTranslation('archive');
  const { t: common } = useTranslation();
  const { get, set } = useAddress();
  const [deciding, setDeciding] = useState<ArchiveRequest | null>(null);
  const list = useRequests();
  const applying = get('apply') === 'true';
  const waiting = list.items.filter((request) => request.may_decide);
  const others = list.items.filter((request) => !request.may_decide);
  const button = (
    <Button type={waiting.length > 0 ? 'default' : 'primary'} icon={<PlusOutlined aria-hidden />} onClick={() => set({ apply: 'true' })}>
      {t('request.apply')}
    </Button>
  );
  return (
    <Page title={t('request.title')} lead={t('request.lead')} actions={list.items.length > 0 && button}>
      {list.error && <Trouble error={list.error} onRetry={list.retry} />}
      {list.loading && <Loading rows={4} />}
      {!list.loading && !list.error && list.items.length === 0 && (
        <EmptyState title={t('request.empty.title')} text={t('request.empty.text')}>
          {button}
        </EmptyState>
      )}
      <Requests title={t('request.waiting')} requests={waiting} onDecide={setDeciding} />
      <Requests title={waiting.length > 0 || list.items.some(({ mine }) => !mine) ? t('request.others') : t('request.own')} requests={others} onDecide={setDeciding} />
      {list.hasMore && (
        <div>
          <Button loading={list.loadingMore} onClick={list.loadMore}>
            {common('table.more')}
          </Button>
        </div>
      )}
      {applying && <ApplyDialog onClose={() => set({ apply: null })} />}
      {deciding && <DecideDialog request={deciding} onClose={() => setDeciding(null)} />}
    </Page>
  );
}

function Requests({ title, requests, onDecide }: { title: string; requests: ArchiveRequest[]; onDecide: (request: ArchiveRequest) => void }) {
  if (requests.length === 0) return null;
  return (
    <section className="k-stack-tight" aria-label={title}>
      <h2>{title}</h2>
      <ul className="archive-requests">
        {requests.map((request, at) => (
          <Row key={request.id} request={request} first={at === 0} onDecide={() => onDecide(request)} />
        ))}
      </ul>
    </section>
  );
}

const tones: Partial<Record<ArchiveRequest['state'], string>> = { waiting: 'warning', granted: 'processing' };

function Row({ request, first, onDecide }: { request: ArchiveRequest; first: boolean; onDecide: () => void }) {
  const { t } = useTranslation('archive');
  const me = useMe();
  const format = useFormat();
  const to = useScopedTo();
  const navigate = useNavigate();
  const time = (at: string) => format.time(at, me.tenant.zone);
  const open = request.mine && request.state === 'granted';
  return (
    <li className="k-panel archive-request">
      <div className="k-stack-tight">
        <div className="k-row">
          <strong>{request.mine ? t('request.mine', { staff: request.staff_name }) : t('request.of', { name: request.applicant, staff: request.staff_name })}</strong>
          <Tag color={tones[request.state] ?? 'default'}>{t(`request.state.${request.state}`)}</Tag>
        </div>
        <div>{request.purpose}</div>
        <div className="k-faint k-small">
          {t('request.asked', { time: time(request.asked_at), count: request.days })}
          {request.decided_by && request.decided_at && t('request.decided', { name: request.decided_by, time: time(request.decided_at) })}
          {request.valid_until && t('request.until', { time: time(request.valid_until) })}
        </div>
        {request.reason && <div className="k-soft">{t('request.reason', { reason: request.reason })}</div>}
      </div>
      <div className="k-row">
        {open && (
          <Button onClick={() => void navigate(to(`/archive?staff=${request.staff}`))}>{t('request.open')}</Button>
        )}
        {request.may_decide && (
          <Button type={first ? 'primary' : 'default'} onClick={onDecide}>
            {t('request.decide')}
          </Button>
        )}
        {(request.state === 'granted' || (request.mine && request.state === 'waiting')) && <Withdraw request={request} />}
      </div>
    </li>
  );
}

function Withdraw({ request }: { request: ArchiveRequest }) {
  const { t } = useTranslation('archive');
  const { t: common } = useTranslation();
  const refresh = useRefresh();
  const problem = useProblemText();
  const withdraw = useMutation({
    mutationFn: () => api.post(`/archive-requests/${request.id}/withdrawal`, { version: request.version }),
    onSuccess: () => feedback.success(t('request.withdrawn')),
    onError: (error) => feedback.error(problem(error)),
    onSettled: () => refresh('/archive', '/home'),
  });
  const ask = () =>
    feedback.confirm({
      title: request.mine ? t('request.withdrawTitle') : t('request.revokeTitle', { name: request.applicant }),
      content: t('request.withdrawText'),
      okText: request.mine ? t('request.withdraw') : t('request.revoke'),
      cancelText: common('cancel'),
      onOk: () => withdraw.mutateAsync().catch(() => undefined),
    });
  return <Button onClick={ask}>{request.mine ? t('request.withdraw') : t('request.revoke')}</Button>;
}
