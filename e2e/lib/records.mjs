/** Chat records of a shop as a spreadsheet program would save them, the last twenty days until yesterday. */

export const agents = ['青禾-小麦', '青禾-阿海', '青禾-小芸', '青禾-大宇', '青禾-小满', '青禾-木木'];
/** Lets customers wait five minutes where the others need less than one. */
export const slowAgent = '青禾-木木';
export const shop = '青禾旗舰店';

const quote = (cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** `2026-11-20 10:00:00` in Shanghai. */
const local = (instant) => new Date(instant + 8 * 3600_000).toISOString().slice(0, 19).replace('T', ' ');

/** Forty conversations an agent, three messages each, as CSV with Chinese headings. */
export function conversations() {
  const rows = [['会话编号', '店铺', '客户', '时间', '发送方', '客服', '内容']];
  const days = 20;
  const midnight = Math.floor((Date.now() + 8 * 3600_000) / 86_400_000) * 86_400_000 - 8 * 3600_000;
  agents.forEach((agent, a) => {
    for (let n = 0; n < 40; n++) {
      const id = `QH${a}${String(n).padStart(3, '0')}`;
      const begun = midnight - (1 + (n % days)) * 86_400_000 + (9 * 3600 + a * 1800 + n * 300) * 1000;
      const wait = (agent === slowAgent ? 280 : 25) + ((n * 7 + a * 3) % 20);
      const customer = `tb${10_000 + a * 100 + n}`;
      rows.push(
        [id, shop, customer, local(begun), '客户', '', '你好,这款收纳箱什么时候发货?电话 13800138000'],
        [id, shop, customer, local(begun + wait * 1000), '客服', agent, '您好,今天下午 5 点前付款,当天发出。'],
        [id, shop, customer, local(begun + (wait + 30) * 1000), '客户', '', '好的,谢谢'],
      );
    }
  });
  return Buffer.from(rows.map((row) => row.map(quote).join(',')).join('\r\n') + '\r\n');
}

/** Staff as the personnel department keeps them. */
export function staff(shopName) {
  const rows = [
    ['客服账号', '姓名', '店铺', '团队', '等级', '入职日期', '角色'],
    ['hl-01', '陈晓东', shopName, '售前组', '中级', '2025-03-01', 'agent'],
    ['hl-02', '林一诺', shopName, '售前组', '初级', '2026-02-10', 'agent'],
    ['hl-03', '周子墨', shopName, '售后组', '高级', '2023-09-15', 'supervisor'],
  ];
  return Buffer.from('\ufeff' + rows.map((row) => row.join(',')).join('\r\n') + '\r\n');
}
