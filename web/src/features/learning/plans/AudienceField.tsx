import { Checkbox, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/app/session';
import { nobody, type Audience, type PlanHead } from '@/api/types';
import { ColleaguesSelect } from '@/components/ColleagueSelect';

interface Props {
  value?: Audience;
  onChange?: (value: Audience) => void;
  /** Names of those chosen before. */
  names: Record<string, string>;
  /** Whose shop or team it may not go beyond. */
  plan: PlanHead;
  label: string;
}

/** Whom something is meant for: everybody, by shop, team or level, and by name. */
export function AudienceField({ value = nobody, onChange, names, plan, label }: Props) {
  const { t } = useTranslation('plans');
  const me = useMe();
  const patch = (change: Partial<Audience>) => onChange?.({ ...value, ...change });
  const shops = me.shops.filter(({ id }) => plan.shop === null || plan.shop.id === id);
  const teams = shops.flatMap((shop) => shop.teams.filter(({ id }) => plan.team === null || plan.team.id === id).map((team) => ({ value: team.id, label: shops.length > 1 ? `${shop.name} · ${team.name}` : team.name })));
  return (
    <div className="k-stack-tight" role="group" aria-label={label}>
      <Checkbox checked={value.everybody} onChange={({ target }) => patch({ everybody: target.checked })}>
        {t('audience.everybody')}
      </Checkbox>
      <div className="plan-grid">
        <Select mode="multiple" aria-label={t('audience.shops')} placeholder={t('audience.shops')} value={value.shops} onChange={(ids: string[]) => patch({ shops: ids })} options={shops.map(({ id, name }) => ({ value: id, label: name }))} />
        <Select mode="multiple" aria-label={t('audience.teams')} placeholder={t('audience.teams')} value={value.teams} onChange={(ids: string[]) => patch({ teams: ids })} options={teams} />
        <Select mode="tags" aria-label={t('audience.levels')} placeholder={t('audience.levelHint')} value={value.levels} onChange={(levels: string[]) => patch({ levels })} />
      </div>
      <ColleaguesSelect label={t('audience.staff')} names={Object.fromEntries(value.staff.map((id) => [id, names[id] ?? '—']))} value={value.staff} onChange={(staff) => patch({ staff })} />
    </div>
  );
}
