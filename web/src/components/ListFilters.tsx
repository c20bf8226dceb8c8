import { Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
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

/** A search that stays in the address. It keeps the keyboard while its list is asked for. */
export function SearchField({ name = 'q', label }: { name?: string; label: string }) {
  const { get, set } = useAddress();
  const asked = get(name) ?? '';
  const [text, setText] = useState(asked);
  const [before, setBefore] = useState(asked);
  // Asked elsewhere: by a link, or by the button that clears all conditions.
  if (before !== asked) {
    setBefore(asked);
    setText(asked);
  }
  return (
    <Input.Search
      className="list-search"
      aria-label={label}
      placeholder={label}
      value={text}
      allowClear
      onChange={({ target }) => setText(target.value)}
      onSearch={(value) => set({ [name]: value.trim() })}
    />
  );
}

/** The head of a list: a search and choices that stay in the address. An empty choice shows all. */
export function ListFilters({ search, choices = [], children }: Props) {
  const { t } = useTranslation();
  const { get, set } = useAddress();
  return (
    <>
      {search && <SearchField label={search} />}
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
