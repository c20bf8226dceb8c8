import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/app/address';
import { tenantsOf, useMe, usePlace } from '@/app/session';

/** Chooses tenant, shop and team; each choice holds at once. */
export default function ScopeForm() {
  const { t } = useTranslation();
  const me = useMe();
  const { set } = useAddress();
  const { shops, shop, team } = usePlace();
  const tenants = tenantsOf(me);
  return (
    <div className="pop-form">
      {tenants.size > 1 && (
        <label>
          {t('scope.tenant')}
          <Select
            value={me.tenant.slug}
            showSearch={tenants.size > 8 ? { optionFilterProp: 'label' } : false}
            options={[...tenants].map(([value, label]) => ({ value, label }))}
            onChange={(value) => set({ tenant: value, shop: null, team: null, ev: null, chat: null })}
          />
        </label>
      )}
      {shops.length > 0 && (
        <label>
          {t('scope.shop')}
          <Select
            value={shop?.id ?? ''}
            options={[{ value: '', label: t('scope.allShops') }, ...shops.map(({ id, name }) => ({ value: id, label: name }))]}
            onChange={(value) => set({ shop: value, team: null })}
          />
        </label>
      )}
      {shop && shop.teams.length > 0 && (
        <label>
          {t('scope.team')}
          <Select
            value={team?.id ?? ''}
            options={[{ value: '', label: t('scope.allTeams') }, ...shop.teams.map(({ id, name }) => ({ value: id, label: name }))]}
            onChange={(value) => set({ team: value })}
          />
        </label>
      )}
    </div>
  );
}
