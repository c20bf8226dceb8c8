import { Form, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/app/session';
import type { Audience, ClassChoices } from '@/api/types';

export interface AudienceValues {
  /** Keep who takes part, choose by rule and hand, or everybody. */
  who: 'keep' | 'choose' | 'everybody';
  shops?: string[];
  teams?: string[];
  levels?: string[];
  staff?: string[];
}

/** The choice as the server takes it; null keeps who takes part. */
export function audienceOf({ who, shops = [], teams = [], levels = [], staff = [] }: AudienceValues): Audience | null {
  if (who === 'keep') return null;
  if (who === 'everybody') return { everybody: true, shops: [], teams: [], levels: [], staff: [] };
  return { everybody: false, shops, teams, levels, staff };
}

/** Who takes part: by rule (shops, teams, levels), and by name besides. */
export function AudienceFields({ choices, keeps }: { choices: ClassChoices; keeps: boolean }) {
  const { t } = useTranslation('classes');
  const me = useMe();
  const form = Form.useFormInstance<AudienceValues>();
  const who = Form.useWatch('who', form);
  if (!choices.by_rule) {
    return (
      <>
        <Form.Item name="who" hidden>
          <input type="hidden" />
        </Form.Item>
        <p className="k-soft class-form-wide">{t('audience.notYours')}</p>
      </>
    );
  }
  const here = new Set(choices.people.map(({ shop_id }) => shop_id));
  const teams = new Set(choices.people.map(({ team_id }) => team_id));
  const levels = [...new Set(choices.people.map(({ level }) => level).filter(Boolean))];
  const shops = me.shops.filter(({ id }) => here.has(id));
  const many = { mode: 'multiple' as const, allowClear: true, showSearch: { optionFilterProp: 'label' }, maxTagCount: 'responsive' as const };
  return (
    <>
      <Form.Item className="class-form-wide" name="who" label={t('audience.label')}>
        <Radio.Group
          options={[
            ...(keeps ? [{ value: 'keep', label: t('audience.keep') }] : []),
            { value: 'choose', label: t('audience.choose') },
            { value: 'everybody', label: t('audience.everybody') },
          ]}
        />
      </Form.Item>
      {who === 'choose' && (
        <>
          <Form.Item name="shops" label={t('audience.shops')}>
            <Select {...many} options={shops.map(({ id, name }) => ({ value: id, label: name }))} />
          </Form.Item>
          <Form.Item name="teams" label={t('audience.teams')}>
            <Select {...many} options={shops.flatMap((shop) => shop.teams.filter(({ id }) => teams.has(id)).map(({ id, name }) => ({ value: id, label: `${shop.name} · ${name}` })))} />
          </Form.Item>
          <Form.Item name="levels" label={t('audience.levels')}>
            <Select {...many} options={levels.map((value) => ({ value, label: value }))} />
          </Form.Item>
          <Form.Item name="staff" label={t('audience.staff')}>
            <Select {...many} options={choices.people.map(({ id, name, account }) => ({ value: id, label: `${name} (${account})` }))} />
          </Form.Item>
          <p className="k-faint k-small class-form-wide">{t('audience.hint')}</p>
        </>
      )}
    </>
  );
}
