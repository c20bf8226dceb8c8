/** An administrator of a marketplace sets up a merchant, its shops and its people. */
import assert from 'node:assert/strict';
import { desk, fits, journey } from '../lib/journey.mjs';
import { staff } from '../lib/records.mjs';
import { people } from '../lib/seed.mjs';
import { addMerchant, addShop, addTeam, importStaff, openShopsOf, staffRow, tryStaff } from '../pages/organisation.mjs';
import { go } from '../pages/shell.mjs';
import { signIn } from '../pages/sign-in.mjs';

journey('an administrator sets up a merchant from a spreadsheet', desk, async (page) => {
  await signIn(page, people.platformAdmin);
  await go(page, '入驻商家');
  await addMerchant(page, { name: '海蓝母婴', slug: 'hailan' });
  await openShopsOf(page, '海蓝母婴');
  await addShop(page, { name: '海蓝旗舰店', code: 'HL1' });
  await addTeam(page, '海蓝旗舰店', '售前组');
  await addTeam(page, '海蓝旗舰店', '售后组');
  await fits(page);

  await go(page, '人员');
  const file = { name: '海蓝人员.csv', mimeType: 'text/csv', buffer: staff('海蓝旗舰店') };
  await importStaff(page, file, 3);
  const row = staffRow(page, '周子墨');
  await row.waitFor();
  assert.match(await row.innerText(), /海蓝旗舰店/);
  await fits(page);

  // The same sheet again changes nothing.
  const dialog = await tryStaff(page, file);
  await dialog.getByText('可导入 0 人，已有 3 人').waitFor();
});
