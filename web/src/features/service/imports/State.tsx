import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Import, ImportState } from '@/api/types';

const colours: Record<ImportState, string> = {
  queued: 'default',
  reading: 'processing',
  merging: 'processing',
  done: 'success',
  failed: 'error',
  undoing: 'processing',
  undone: 'default',
};

/** Where an import stands. */
export function State({ item }: { item: Import }) {
  const { t } = useTranslation('imports');
  if (item.state === 'done' && item.rows > 0 && item.rejected === item.rows) return <Tag color="warning">{t('state.none')}</Tag>;
  return <Tag color={colours[item.state]}>{t(`state.${item.state}`)}</Tag>;
}
