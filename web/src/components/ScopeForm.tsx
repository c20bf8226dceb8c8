import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/app/address';
import { useMe } from '@/app/session';

/** Chooses tenant, shop and team; each choice holds at once. */
export default function ScopeForm() {
  const { t } = useTranslation();
  const me = useMe();
  const { get, set } = useAddress();
  const shop = me.shops.find((candidate) => candidate.id === get('shop'));
  const team = shop?.teams.find((candidate) => candidate.id === get('team'));

  const tenants = new Map(me.memberships.map(({ tenant }) => [tenant.slug, tenant.name]));
  tenants.set(me.tenant.slug, me.tenant.name);
  for (const merchant of me.merchants) tenants.set(merchant.slug, merchant.name);

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
      <label>
        {t('scope.shop')}
        <Select
          value={shop?.id ?? ''}
          options={[{ value: '', label: t('scope.allShops') }, ...me.shops.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(value) => set({ shop: value, team: null })}
        />
      </label>
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
