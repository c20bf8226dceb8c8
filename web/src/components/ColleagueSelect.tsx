import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '@/api/queries';
import type { Colleague, Uuid } from '@/api/types';
import { useSettled } from './useSettled';

interface Common {
  /** Only one's own people. */
  mine?: boolean;
  label: string;
  /** Names of those chosen before, who need not be among those found. */
  names?: Record<Uuid, string>;
  id?: string;
}

function useColleagues({ mine = false, names = {} }: Pick<Common, 'mine' | 'names'>) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const found = useGet<Colleague[]>('/needs/colleagues', { q: useSettled(typed), mine: mine || null }, { keep: true });
  const options = (found.data ?? []).map(({ id, name, account, roles }) => ({
    value: id,
    label: [name, name === account ? '' : account, roles.map((role) => t(`role.${role}`)).join(t('listSeparator'))].filter(Boolean).join(' · '),
  }));
  const known = new Set(options.map(({ value }) => value));
  const chosen = Object.entries(names).filter(([id]) => !known.has(id));
  return { setTyped, options: [...options, ...chosen.map(([value, label]) => ({ value, label }))], loading: found.isFetching };
}

/** Chooses one colleague by name. */
export function ColleagueSelect({ value = null, onChange, label, ...which }: Common & { value?: Uuid | null; onChange?: (value: Uuid | null) => void }) {
  const { setTyped, options, loading } = useColleagues(which);
  return (
    <Select<Uuid>
      {...(which.id ? { id: which.id } : {})}
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(next: Uuid | undefined) => onChange?.(next ?? null)}
      options={options}
      loading={loading}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
    />
  );
}

/** Chooses several colleagues by name. */
export function ColleaguesSelect({ value = [], onChange, label, ...which }: Common & { value?: Uuid[]; onChange?: (value: Uuid[]) => void }) {
  const { setTyped, options, loading } = useColleagues(which);
  return (
    <Select<Uuid[]>
      {...(which.id ? { id: which.id } : {})}
      aria-label={label}
      placeholder={label}
      mode="multiple"
      value={value}
      onChange={(next) => onChange?.(next)}
      options={options}
      loading={loading}
      showSearch={{ filterOption: false, onSearch: setTyped }}
    />
  );
}
