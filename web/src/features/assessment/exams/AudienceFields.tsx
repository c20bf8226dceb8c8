import { Form, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useRight } from '@/app/session';
import { useSettled } from '@/components/useSettled';
import type { Person, Values } from './draft';
import { useStaffNamed } from './queries';

/** Who is to sit: everybody, by rule, or chosen one by one; `chosen` are those who are named already. */
export function AudienceFields({ chosen }: { chosen: Person[] }) {
  const { t } = useTranslation('exams');
  const seesStaff = useRight('staff:read');
  const form = Form.useFormInstance<Values>();
  const who = Form.useWatch('who', form);
  const someone = ({ getFieldsValue }: { getFieldsValue: (all: true) => Values }) => ({
    validator: () => {
      const { who: way, shops, teams, levels, staff } = getFieldsValue(true);
      const named = way === 'hand' ? [staff] : [shops, teams, levels];
      return way === 'everybody' || named.some((list) => list && list.length > 0) ? Promise.resolve() : Promise.reject(new Error(t('form.nobody')));
    },
  });
  return (
    <>
      <Form.Item name="who" label={t('form.who')} rules={[someone]} dependencies={['shops', 'teams', 'levels', 'staff']}>
        <Radio.Group
          options={[
            { value: 'rule', label: t('form.byRule') },
            ...(seesStaff || chosen.length > 0 ? [{ value: 'hand', label: t('form.byHand') }] : []),
            { value: 'everybody', label: t('form.everybody') },
          ]}
        />
      </Form.Item>
      {who === 'rule' && <Rule />}
      {who === 'hand' && <Hand chosen={chosen} seesStaff={seesStaff} />}
    </>
  );
}

function Rule() {
  const { t } = useTranslation('exams');
  const { shops } = useMe();
  const teams = shops.flatMap((shop) => shop.teams.map(({ id, name }) => ({ value: id, label: `${shop.name} · ${name}` })));
  return (
    <>
      <Form.Item name="shops" label={t('form.shops')}>
        <Select mode="multiple" allowClear optionFilterProp="label" options={shops.map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
      <Form.Item name="teams" label={t('form.teams')}>
        <Select mode="multiple" allowClear optionFilterProp="label" options={teams} />
      </Form.Item>
      <Form.Item name="levels" label={t('form.levels')} extra={t('form.levelsHint')}>
        <Select mode="tags" allowClear open={false} suffixIcon={null} />
      </Form.Item>
    </>
  );
}

function Hand({ chosen, seesStaff }: { chosen: Person[]; seesStaff: boolean }) {
  const { t } = useTranslation('exams');
  const [typed, setTyped] = useState('');
  const q = useSettled(typed);
  const found = useStaffNamed(q, seesStaff);
  const options = (found.data?.items ?? []).map(({ id, name, account }) => ({ value: id, label: `${name} · ${account}` }));
  const known = new Set(options.map(({ value }) => value));
  const others = chosen.filter(({ id }) => !known.has(id)).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Form.Item name="staff" label={t('form.staff')} extra={chosen.length > 0 ? t('form.ofClass', { count: chosen.length }) : undefined}>
      <Select
        mode="multiple"
        allowClear
        filterOption={false}
        onSearch={setTyped}
        loading={found.isFetching}
        options={[...others, ...options]}
      />
    </Form.Item>
  );
}
