import { Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reachOf, useMe, useRight } from '@/app/session';
import { useList } from '@/api/queries';
import { nobody, type Audience, type StaffItem } from '@/api/types';
import { useSettled } from './useSettled';

type Way = 'everybody' | 'places' | 'people';

interface Props {
  value: Audience;
  onChange: (audience: Audience) => void;
}

/** For whom: everybody, shops and teams, or people by name; as far as one's own reach goes. */
export function AudienceField({ value, onChange }: Props) {
  const { t } = useTranslation();
  const mayName = useRight('staff:read');
  const [way, setWay] = useState<Way>(() => (value.staff?.length ? 'people' : value.everybody ? 'everybody' : 'places'));
  const choose = (next: Way) => {
    setWay(next);
    onChange({ ...nobody, everybody: next === 'everybody' });
  };
  const ways: Way[] = ['everybody', 'places', ...(mayName ? (['people'] as const) : [])];
  return (
    <div className="k-stack-tight">
      <Segmented<Way> aria-label={t('audience.label')} value={way} onChange={choose} options={ways.map((one) => ({ value: one, label: t(`audience.${one}`) }))} />
      {way === 'everybody' && <span className="k-faint k-small">{t('audience.everybodyHint')}</span>}
      {way === 'places' && <Places value={value} onChange={onChange} />}
      {way === 'people' && <People value={value} onChange={onChange} />}
    </div>
  );
}

/** A team is written with its shop before it; the rule needs the team alone. */
function Places({ value, onChange }: Props) {
  const { t } = useTranslation();
  const { shops } = reachOf(useMe());
  const options = shops.flatMap((shop) => [{ value: `shop/${shop.id}`, label: shop.name }, ...shop.teams.map((team) => ({ value: `team/${team.id}`, label: `${shop.name} · ${team.name}` }))]);
  const chosen = [...(value.shops ?? []).map((id) => `shop/${id}`), ...(value.teams ?? []).map((id) => `team/${id}`)];
  // Shops and teams narrow each other in a rule, so one kind is chosen at a time.
  const change = (all: string[]) => {
    const kind = all.at(-1)?.split('/')[0];
    const ids = all.filter((one) => one.startsWith(`${kind}/`)).map((one) => one.split('/')[1] ?? '');
    onChange({ ...nobody, shops: kind === 'shop' ? ids : [], teams: kind === 'team' ? ids : [] });
  };
  return <Select mode="multiple" aria-label={t('audience.places')} placeholder={t('audience.choosePlaces')} value={chosen} onChange={change} options={options} showSearch={{ optionFilterProp: 'label' }} />;
}

function People({ value, onChange }: Props) {
  const { t } = useTranslation();
  const [part, setPart] = useState('');
  const [known, setKnown] = useState<Record<string, string>>({});
  const found = useList<StaffItem>('/staff', { q: useSettled(part, 250) || null, limit: 50 });
  const label = ({ name, account }: StaffItem) => `${name} · ${account}`;
  const options = found.items.map((one) => ({ value: one.id, label: label(one) }));
  const change = (ids: string[]) => {
    setKnown((before) => ({ ...before, ...Object.fromEntries(found.items.map((one) => [one.id, label(one)])) }));
    onChange({ ...nobody, staff: ids });
  };
  const chosen = (value.staff ?? []).filter((id) => !options.some((one) => one.value === id)).map((id) => ({ value: id, label: known[id] ?? id }));
  return (
    <Select
      mode="multiple"
      aria-label={t('audience.people')}
      placeholder={t('audience.choosePeople')}
      value={value.staff ?? []}
      onChange={change}
      options={[...chosen, ...options]}
      showSearch={{ filterOption: false, onSearch: setPart }}
      loading={found.loading}
    />
  );
}
