import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NeedItem, NeedState } from '@/api/types';

/** How a need stands; what is part of another stands as that one. */
export function State({ need }: { need: Pick<NeedItem, 'state' | 'became'> }) {
  const { t } = useTranslation('needs');
  const name = (state: NeedState) => t(`state.${state}`);
  const text = need.became ? `${name(need.state)} · ${name(need.became)}` : name(need.state);
  return <Tag>{text}</Tag>;
}

/** How bad it is; only what is grave stands out. */
export function Severity({ value }: { value: number | null }) {
  const { t } = useTranslation('needs');
  if (value === null) return <span className="k-faint">{t('severity.none')}</span>;
  return <span className={value >= 3 ? 'k-urgent' : ''}>{t(`severity.${value as 1 | 2 | 3}`)}</span>;
}

/** Whom it is about: the first few by name. */
export function useWho(): (need: NeedItem) => string {
  const { t } = useTranslation('needs');
  const { t: common } = useTranslation();
  return (need) => {
    const named = need.who.slice(0, 3).map(({ name }) => name);
    if (named.length === 0 && need.evidence) return t('unlinked', { name: need.evidence.account_name });
    const words = named.join(common('listSeparator'));
    const rest = need.people - named.length;
    return rest > 0 && named.length > 0 ? t('others', { words, count: need.people }) : words || t('count', { count: need.people });
  };
}

export const severities = [1, 2, 3] as const;
