import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button, Drawer, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useShopZone } from '@/app/session';
import { useList } from '@/api/queries';
import type { ConversationItem, ConversationPage } from '@/api/types';
import { EmptyState } from '../EmptyState';
import { useFormat } from '../format';
import { Loading } from '../Loading';
import { Trouble } from '../Trouble';
import { useMedia } from '../useMedia';
import { useEvidence, type Evidence } from './address';
import { ConversationPane } from './ConversationPane';
import './evidence.css';

/** The cases behind a figure, from the right, without leaving the page. A page that has figures holds one. */
export function EvidenceDrawer() {
  const { t } = useTranslation();
  const { evidence, chat, close, openChat } = useEvidence();
  const wide = useMedia('(min-width: 1100px)');
  const both = wide && chat !== null;
  return (
    <Drawer
      open={evidence !== null}
      onClose={close}
      size={both ? 1040 : 520}
      title={evidence?.title || t('evidence.title')}
      destroyOnHidden
      styles={{ body: { padding: 0 } }}
      data-testid="evidence"
    >
      {evidence && (
        <div className="evidence" data-both={both || undefined}>
          {(both || chat === null) && <CaseList evidence={evidence} chosen={chat} />}
          {chat !== null && (
            <div className="evidence-chat">
              {!both && (
                <Button type="text" icon={<ArrowLeftOutlined aria-hidden />} onClick={() => openChat(null)}>
                  {t('evidence.back')}
                </Button>
              )}
              <ConversationPane id={chat} />
            </div>
          )}
        </div>
      )}
    </Drawer>
  );
}

function CaseList({ evidence, chosen }: { evidence: Evidence; chosen: string | null }) {
  const { t } = useTranslation();
  const { change, openChat } = useEvidence();
  const { duration } = useFormat();
  const { key, from, to, shop, team, agent, miss } = evidence;
  const list = useList<ConversationItem, ConversationPage>('/conversations', { key, from, to, shop, team, agent, miss: miss || null });
  return (
    <div className="evidence-list">
      {key && (
        <Segmented
          block
          aria-label={t('evidence.which')}
          value={miss ? 'miss' : 'all'}
          options={[
            { value: 'miss', label: t('evidence.miss') },
            { value: 'all', label: t('evidence.all') },
          ]}
          onChange={(value) => change({ miss: value === 'miss' })}
        />
      )}
      {miss && list.first?.limit_s !== undefined && list.first.limit_s !== null && <span className="k-faint k-small">{t('evidence.slower', { time: duration(list.first.limit_s) })}</span>}
      {list.error && <Trouble error={list.error} onRetry={list.retry} />}
      {list.loading && <Loading />}
      {!list.loading && !list.error && list.items.length === 0 && (
        <EmptyState title={t('evidence.emptyTitle')} text={miss ? t('evidence.emptyMiss') : t('evidence.emptyAll')} />
      )}
      <ul className="k-plain-list">
        {list.items.map((item) => (
          <li key={item.id}>
            <CaseRow item={item} chosen={item.id === chosen} onOpen={() => openChat(item.id)} />
          </li>
        ))}
      </ul>
      {list.hasMore && (
        <Button block loading={list.loadingMore} onClick={list.loadMore}>
          {t('table.more')}
        </Button>
      )}
    </div>
  );
}

function CaseRow({ item, chosen, onOpen }: { item: ConversationItem; chosen: boolean; onOpen: () => void }) {
  const { t } = useTranslation();
  const { time, duration } = useFormat();
  const zone = useShopZone(item.shop.id);
  const open = item.rounds - item.answered;
  return (
    <button type="button" className="case" aria-current={chosen || undefined} onClick={onOpen}>
      <span className="k-spread">
        <span className="case-name">{item.customer?.name ?? t('chat.nobody')}</span>
        <span className="k-faint k-small">{time(item.started_at, zone)}</span>
      </span>
      <span className="case-facts k-small k-soft">
        <span>{item.agents.map((agent) => agent.name).join(t('listSeparator')) || t('evidence.noAgent')}</span>
        <span>{item.first_response_s === null ? t('evidence.unanswered') : t('evidence.first', { time: duration(item.first_response_s) })}</span>
        {item.slowest_s !== null && <span>{t('evidence.slowest', { time: duration(item.slowest_s) })}</span>}
        {open > 0 && item.first_response_s !== null && <span>{t('evidence.openRounds', { count: open })}</span>}
        {item.score !== null && <span>{t('evidence.score', { score: item.score })}</span>}
      </span>
    </button>
  );
}
