import { SearchOutlined } from '@ant-design/icons';
import { Input, Modal, Tag } from 'antd';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useGet } from '@/api/queries';
import type { SearchHit } from '@/api/types';
import { Trouble } from '@/components/Trouble';
import { useSettled } from '@/components/useSettled';
import { useScopedTo } from '../address';
import './search.css';

/** Ctrl-K: find people, shops, conversations and customers by name or number. */
export default function SearchDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const to = useScopedTo();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const q = useSettled(text.trim());
  const hits = useGet<SearchHit[]>('/search', { q }, { enabled: q.length > 0, keep: true });
  const items = q ? (hits.data ?? []) : [];
  // While the answer is one to an earlier text, it is shown and not acted on.
  const ready = q === text.trim() && !hits.isPlaceholderData;

  const open = (hit: SearchHit | undefined) => {
    if (!hit) return;
    onClose();
    void navigate(to(hit.link));
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosen((at) => Math.min(at + 1, items.length - 1));
    else if (event.key === 'ArrowUp') setChosen((at) => Math.max(at - 1, 0));
    else if (event.key === 'Enter') open(ready ? items[chosen] : undefined);
    else return;
    event.preventDefault();
  };

  return (
    <Modal open onCancel={onClose} footer={null} closable={false} title={null} aria-label={t('search.button')}>
      <Input
        autoFocus
        size="large"
        prefix={<SearchOutlined aria-hidden />}
        placeholder={t('search.placeholder')}
        aria-label={t('search.placeholder')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKey}
        role="combobox"
        aria-expanded={items.length > 0}
        aria-controls="search-hits"
        aria-activedescendant={items[chosen] ? `hit-${chosen}` : undefined}
      />
      {hits.error && <Trouble error={hits.error} onRetry={() => void hits.refetch()} />}
      <div id="search-hits" role="listbox" className="search-hits" aria-label={t('search.button')}>
        {items.map((hit, at) => (
          <button
            key={`${hit.kind}-${hit.id}`}
            id={`hit-${at}`}
            type="button"
            role="option"
            aria-selected={at === chosen}
            className="search-hit"
            onMouseEnter={() => setChosen(at)}
            onClick={() => open(hit)}
          >
            <Tag>{t(`search.kind.${hit.kind}`)}</Tag>
            <span>{hit.title}</span>
            {hit.sub && <span className="k-faint">{hit.sub}</span>}
          </button>
        ))}
      </div>
      {q && ready && hits.isSuccess && items.length === 0 && <p className="k-faint search-none">{t('search.none', { q })}</p>}
    </Modal>
  );
}
