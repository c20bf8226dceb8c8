import { DownOutlined, EnvironmentOutlined } from '@ant-design/icons';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/app/address';
import { useMe } from '@/app/session';
import { Loading } from './Loading';
import { Pop } from './Pop';

const ScopeForm = lazy(() => import('./ScopeForm'));

/** Where: marketplace or merchant, shop, team. One button that says it, a small form behind it. */
export function ScopePicker() {
  const { t } = useTranslation();
  const me = useMe();
  const { get } = useAddress();
  const shop = me.shops.find((candidate) => candidate.id === get('shop'));
  const team = shop?.teams.find((candidate) => candidate.id === get('team'));
  const name = team && shop ? `${shop.name} · ${team.name}` : (shop?.name ?? me.tenant.name);
  return (
    <Pop
      label={t('scope.label', { name })}
      icon={<EnvironmentOutlined />}
      testId="scope-picker"
      content={() => (
        <Suspense fallback={<Loading rows={2} />}>
          <ScopeForm />
        </Suspense>
      )}
    >
      <span>{name}</span>
      <DownOutlined />
    </Pop>
  );
}
