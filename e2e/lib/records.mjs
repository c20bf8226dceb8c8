/** Chat records of a shop as a spreadsheet program would save them, the last twenty days until yesterday. */

export const agents = ['青禾-小麦', '青禾-阿海', '青禾-小芸', '青禾-大宇', '青禾-小满', '青禾-木木'];
/** Lets customers wait five minutes where the others need less than one. */
export const slowAgent = '青禾-木木';
export const shop = '青禾旗舰店';

const DAY_MS = 86_400_000;
const zone = 8 * 3600_000;

/** The midnight in Shanghai with which today began. */
const midnight = () => Math.floor((Date.now() + zone) / DAY_MS) * DAY_MS - zone;

const quote = (cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** `2026-11-20 10:00:00` in Shanghai. */
const local = (instant) => new Date(instant + zone).toISOString().slice(0, 19).replace('T', ' ');

const csv = (rows) => Buffer.from(rows.map((row) => row.map(quote).join(',')).join('\r\n') + '\r\n');
const headings = ['会话编号', '店铺', '客户', '时间', '发送方', '客服', '内容'];

/** Forty conversations an agent, three messages each, as CSV with Chinese headings. */
export function conversations() {
  const rows = [headings];
  const days = 20;
  const today = midnight();
  agents.forEach((agent, a) => {
    for (let n = 0; n < 40; n++) {
      const id = `QH${a}${String(n).padStart(3, '0')}`;
      const begun = today - (1 + (n % days)) * DAY_MS + (9 * 3600 + a * 1800 + n * 300) * 1000;
      const wait = (agent === slowAgent ? 280 : 25) + ((n * 7 + a * 3) % 20);
      const customer = `tb${10_000 + a * 100 + n}`;
      rows.push(
        [id, shop, customer, local(begun), '客户', '', '你好,这款收纳箱什么时候发货?电话 13800138000'],
        [id, shop, customer, local(begun + wait * 1000), '客服', agent, '您好,今天下午 5 点前付款,当天发出。'],
        [id, shop, customer, local(begun + (wait + 30) * 1000), '客户', '', '好的,谢谢'],
      );
    }
  });
  return csv(rows);
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

/** The company of the journey once round the loop: who was slow, who was taught, who is slow still. */
export const loop = {
  shop: '山禾家电旗舰店',
  team: '售前一组',
  /** Days since the class of last month. */
  heldDaysAgo: 36,
  /** Were slow, were taught in that class, and have been quick since. */
  taught: ['苏晴', '何叶', '陆川', '方圆', '白露', '江岸', '秦朗'].map((name) => ({ name, account: `山禾-${name}`, level: '中级' })),
  /** Have been slow all the time; the first of them is the agent of the journey. */
  slow: ['顾安', '罗飞'].map((name) => ({ name, account: `山禾-${name}`, level: '新手' })),
  /** Have been quick all the time. */
  quick: ['于洋', '唐果', '邓超然', '夏冰', '梁山', '史可', '宋词', '贺岁', '雷鸣'].map((name) => ({ name, account: `山禾-${name}`, level: '中级' })),
};

/** Staff of that company, as its personnel department keeps them. */
export function loopStaff() {
  const rows = [['客服账号', '姓名', '店铺', '团队', '等级', '入职日期', '角色']];
  for (const { account, name, level } of [...loop.taught, ...loop.slow, ...loop.quick]) {
    rows.push([account, name, loop.shop, loop.team, level, '2024-03-01', 'agent']);
  }
  return csv(rows);
}

/** Sixteen weeks of that company's chats until yesterday, five conversations an agent and week. */
export function loopConversations() {
  const rows = [headings];
  const today = midnight();
  const people = [...loop.taught.map((who) => ({ ...who, was: 150, is: 35 })), ...loop.slow.map((who) => ({ ...who, was: 170, is: 170 })), ...loop.quick.map((who) => ({ ...who, was: 30, is: 30 }))];
  people.forEach(({ account, was, is }, a) => {
    for (let n = 0; n < 16 * 5; n++) {
      const daysAgo = 1 + Math.floor((n * 7) / 5);
      const begun = today - daysAgo * DAY_MS + (9 * 3600 + a * 900 + (n % 5) * 3600) * 1000;
      // Everybody has his own pace, and no two conversations are alike.
      const wait = (daysAgo < loop.heldDaysAgo ? is : was) + a + ((n * 37 + a * 11) % 29);
      const [id, customer] = [`SH${a}-${n}`, `tb${70_000 + a * 100 + n}`];
      rows.push(
        [id, loop.shop, customer, local(begun), '客户', '', '请问这台洗碗机能嵌入 60 厘米的柜子吗?'],
        [id, loop.shop, customer, local(begun + wait * 1000), '客服', account, '您好,可以,柜内净宽 60 厘米就放得下。'],
        [id, loop.shop, customer, local(begun + (wait + 40) * 1000), '客户', '', '好的,谢谢'],
      );
    }
  });
  return csv(rows);
}
