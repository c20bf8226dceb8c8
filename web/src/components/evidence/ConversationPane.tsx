import { EyeOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { useRight, useShopZone } from '@/app/session';
import { api } from '@/api/client';
import { useGet } from '@/api/queries';
import type { Conversation, Unmasked } from '@/api/types';
import { useFormat } from '../format';
import { Loading } from '../Loading';
import { personOf } from '../names';
import { useProblemText } from '../problem';
import { Trouble } from '../Trouble';
import { ChatView } from './ChatView';
import './evidence.css';

/** One conversation: its facts, and the chat as it was. */
export function ConversationPane({ id }: { id: string }) {
  const found = useGet<Conversation>(`/conversations/${id}`);
  if (found.error && !found.data) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={10} />;
  // A new conversation starts masked again.
  return <Pane key={id} conversation={found.data} />;
}

function Pane({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const mayUnmask = useRight('conversation:unmask');
  const [plain, setPlain] = useState<Map<number, string> | null>(null);
  const [asking, setAsking] = useState(false);
  const zone = useShopZone(conversation.shop.id);
  return (
    <article className="pane" data-testid="conversation">
      <Facts conversation={conversation} />
      {conversation.masked && mayUnmask && !plain && (
        <Button size="small" icon={<EyeOutlined aria-hidden />} onClick={() => setAsking(true)}>
          {t('chat.unmask')}
        </Button>
      )}
      {plain && <Alert type="warning" showIcon title={t('chat.unmasked')} action={<Button size="small" onClick={() => setPlain(null)}>{t('chat.maskAgain')}</Button>} />}
      <ChatView turns={conversation.turns} plain={plain} zone={zone} />
      {asking && (
        <UnmaskDialog
          id={conversation.id}
          onClose={() => setAsking(false)}
          onDone={(answer) => setPlain(new Map(answer.turns.map(({ index, text }) => [index, text])))}
        />
      )}
    </article>
  );
}

function Facts({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const { time, duration } = useFormat();
  const zone = useShopZone(conversation.shop.id);
  const { rating, rounds, answered, outcome, first_response_s: first } = conversation;
  return (
    <header className="pane-facts">
      <div className="k-spread">
        <h2>{conversation.customer?.name ?? t('chat.nobody')}</h2>
        <span className="k-faint k-small">{conversation.shop.name}</span>
      </div>
      <div className="case-facts k-small k-soft">
        <span>{time(conversation.started_at, zone)}</span>
        <span>{conversation.agents.map(({ name }) => personOf(name)).join(t('listSeparator')) || t('evidence.noAgent')}</span>
        <span>{t('chat.rounds', { answered, rounds })}</span>
        <span>{first === null ? t('evidence.unanswered') : t('evidence.first', { time: duration(first) })}</span>
        {conversation.product && <span>{conversation.product}</span>}
        {conversation.order_id && <span>{t('chat.order', { id: conversation.order_id })}</span>}
        {outcome && outcome.solved !== null && <span>{outcome.solved ? t('chat.solved') : t('chat.unsolved')}</span>}
        {rating && <span>{t('evidence.score', { score: rating.score })}</span>}
      </div>
      {rating?.comment && <p className="k-small">“{rating.comment}”</p>}
    </header>
  );
}

function UnmaskDialog({ id, onClose, onDone }: { id: string; onClose: () => void; onDone: (answer: Unmasked) => void }) {
  const { t } = useTranslation();
  const problem = useProblemText();
  const [form] = Form.useForm<{ reason: string }>();
  const unmask = useMutation({
    mutationFn: (reason: string) => api.post<Unmasked>(`/conversations/${id}/unmask`, { reason }),
    onSuccess: (answer) => {
      onDone(answer);
      onClose();
    },
    onError: (error) => feedback.error(problem(error)),
  });
  return (
    <Modal
      open
      title={t('chat.unmaskTitle')}
      okText={t('chat.unmask')}
      confirmLoading={unmask.isPending}
      onCancel={onClose}
      onOk={() => void form.validateFields().then(({ reason }) => unmask.mutate(reason.trim()), () => undefined)}
    >
      <p className="k-soft">{t('chat.unmaskText')}</p>
      <Form form={form} layout="vertical" requiredMark={false}>
        <Form.Item name="reason" label={t('chat.reason')} rules={[{ required: true, whitespace: true, message: t('chat.reasonNeeded') }]}>
          <Input.TextArea rows={2} maxLength={500} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
