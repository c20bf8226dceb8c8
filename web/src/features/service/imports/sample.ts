import { toCsv } from '@/components/csv';

/** The columns of a file of conversations, in the order that the sample has them. */
export const columns = [
  { name: 'conversation_id', chinese: '会话编号', needed: false },
  { name: 'shop', chinese: '店铺', needed: false },
  { name: 'channel', chinese: '渠道', needed: false },
  { name: 'customer', chinese: '客户', needed: true },
  { name: 'sent_at', chinese: '时间', needed: true },
  { name: 'sender', chinese: '发送方', needed: true },
  { name: 'agent', chinese: '客服', needed: false },
  { name: 'text', chinese: '内容', needed: true },
  { name: 'message_id', chinese: '消息编号', needed: false },
  { name: 'order_id', chinese: '订单号', needed: false },
  { name: 'product', chinese: '商品', needed: false },
] as const;

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

/** A whole conversation to copy from, with the Chinese headings that sheets here have. */
export function sample(): string {
  const head = columns.map((column) => column.chinese);
  const rows = messages.map(([at, sender, agent, text], index) => ['C1001', '示例店铺', 'chat', '客户甲', at, sender, agent, text, `M${index + 1}`, '', '保温杯']);
  return toCsv([head, ...rows]);
}
