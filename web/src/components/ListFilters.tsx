import { Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/app/address';

export interface Choice {
  /** The parameter of the address. */
  name: string;
  /** What is chosen: 状态. */
  label: string;
  options: { value: string; label: string }[];
}

interface Props {
  /** What the search looks at; without it there is none. */
  search?: string;
  choices?: Choice[];
  children?: ReactNode;
}

/** The head of a list: a search and choices that stay in the address. An empty choice shows all. */
export function ListFilters({ search, choices = [], children }: Props) {
  const { t } = useTranslation();
  const { get, set } = useAddress();
  const q = get('q') ?? '';
  return (
    <>
      {search && (
        <Input.Search key={q} className="list-search" aria-label={search} placeholder={search} defaultValue={q} allowClear onSearch={(value) => set({ q: value.trim() })} />
      )}
      {choices.map(({ name, label, options }) => (
        <Select
          key={name}
          aria-label={label}
          value={get(name) ?? ''}
          showSearch={options.length > 8 ? { optionFilterProp: 'label' } : false}
          onChange={(value) => set({ [name]: value })}
          options={[{ value: '', label: t('allOf', { what: label }) }, ...options]}
          popupMatchSelectWidth={false}
          className="list-choice"
        />
      ))}
      {children}
    </>
  );
}
