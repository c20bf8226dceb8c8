import type { ImportKind } from '@/api/types';
import { toCsv } from '@/components/csv';

/** The columns of each kind of file, in the order that its sample has them; `about` names the words that say what a column holds. */
export const columns = {
  conversations: [
    { name: 'conversation_id', chinese: '会话编号', needed: false, about: 'conversation_id' },
    { name: 'shop', chinese: '店铺', needed: false, about: 'shop' },
    { name: 'channel', chinese: '渠道', needed: false, about: 'channel' },
    { name: 'customer', chinese: '客户', needed: true, about: 'customer' },
    { name: 'sent_at', chinese: '时间', needed: true, about: 'sent_at' },
    { name: 'sender', chinese: '发送方', needed: true, about: 'sender' },
    { name: 'agent', chinese: '客服', needed: false, about: 'agent' },
    { name: 'text', chinese: '内容', needed: true, about: 'text' },
    { name: 'message_id', chinese: '消息编号', needed: false, about: 'message_id' },
    { name: 'order_id', chinese: '订单号', needed: false, about: 'order_id' },
    { name: 'product', chinese: '商品', needed: false, about: 'product' },
  ],
  ratings: [
    { name: 'rating_id', chinese: '评分编号', needed: true, about: 'rating_id' },
    { name: 'rated_at', chinese: '评分时间', needed: true, about: 'rated_at' },
    { name: 'score', chinese: '评分', needed: true, about: 'score' },
    { name: 'shop', chinese: '店铺', needed: false, about: 'shop' },
    { name: 'conversation_id', chinese: '会话编号', needed: false, about: 'rated' },
    { name: 'comment', chinese: '评语', needed: false, about: 'comment' },
  ],
  contacts: [
    { name: 'conversation_id', chinese: '会话编号', needed: true, about: 'contact' },
    { name: 'shop', chinese: '店铺', needed: false, about: 'shop' },
    { name: 'channel', chinese: '渠道', needed: false, about: 'channel' },
    { name: 'type', chinese: '类型', needed: false, about: 'type' },
    { name: 'opened_at', chinese: '开始时间', needed: false, about: 'opened_at' },
    { name: 'closed_at', chinese: '结束时间', needed: false, about: 'closed_at' },
    { name: 'outcome', chinese: '结果', needed: false, about: 'outcome' },
    { name: 'talk_s', chinese: '通话秒数', needed: false, about: 'talk_s' },
    { name: 'hold_s', chinese: '保持秒数', needed: false, about: 'hold_s' },
    { name: 'after_s', chinese: '话后秒数', needed: false, about: 'after_s' },
  ],
} as const satisfies Record<ImportKind, readonly { name: string; chinese: string; needed: boolean; about: string }[]>;

const messages = [
  ['2026-01-05 10:00:00', '客户', '', '在吗'],
  ['2026-01-05 10:00:05', '机器人', '', '您好，请问有什么可以帮您'],
  ['2026-01-05 10:00:20', '客户', '', '我的快递还没到'],
  ['2026-01-05 10:01:00', '客服', '小王', '您好，我帮您查一下'],
  ['2026-01-05 10:05:00', '客服', '小王', '已经到本地网点了'],
  ['2026-01-05 10:06:00', '客户', '', '那今天能送吗'],
  ['2026-01-05 10:10:30', '客服', '小李', '可以的，今天下午送到'],
  ['2026-01-05 10:11:00', '客户', '', '谢谢'],
] as const;

/** One whole conversation, rated, and as a contact: what is told of it in each kind of file. */
const rows: Record<ImportKind, (string | number)[][]> = {
  conversations: messages.map(([at, sender, agent, text], index) => ['C1001', '示例店铺', 'chat', '客户甲', at, sender, agent, text, `M${index + 1}`, '', '保温杯']),
  ratings: [['R1001', '2026-01-05 10:15:00', 5, '示例店铺', 'C1001', '很快就解决了']],
  contacts: [['C1001', '示例店铺', 'chat', '物流', '2026-01-05 10:00:00', '2026-01-05 10:11:00', '已解决', '', '', '']],
};

/** A file to copy from, with the Chinese headings that sheets here have. */
export const sample = (kind: ImportKind): string => toCsv([columns[kind].map(({ chinese }) => chinese), ...rows[kind]]);
