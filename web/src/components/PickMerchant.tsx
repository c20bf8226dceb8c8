import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/app/address';
import { useMe } from '@/app/session';
import { EmptyState } from './EmptyState';

/** A marketplace has no conversations of its own: the same page of one of its merchants has. */
export function PickMerchant() {
  const { t } = useTranslation();
  const { merchants } = useMe();
  const { set } = useAddress();
  return (
    <EmptyState title={t('pickMerchant.title')} text={t('pickMerchant.text')}>
      {merchants.map(({ slug, name }) => (
        <Button key={slug} onClick={() => set({ tenant: slug }, { replace: false })}>
          {name}
        </Button>
      ))}
    </EmptyState>
  );
}
