import DownOutlined from '@ant-design/icons-svg/es/asn/DownOutlined';
import EnvironmentOutlined from '@ant-design/icons-svg/es/asn/EnvironmentOutlined';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './Icon';
import { lazyThemed } from '@/app/lazyThemed';
import { tenantsOf, useMe, usePlace } from '@/app/session';
import { Loading } from './Loading';
import { Pop } from './Pop';

const ScopeForm = lazyThemed(() => import('./ScopeForm'));

/** Where: marketplace or merchant, shop, team. One button that says it, a small form behind it. */
export function ScopePicker() {
  const { t } = useTranslation();
  const me = useMe();
  const { name, shops } = usePlace();
  const choice = tenantsOf(me).size > 1 || shops.length > 1 || shops.some(({ teams }) => teams.length > 1);
  if (!choice) return <span className="shell-place">{name}</span>;
  return (
    <Pop
      label={t('scope.label', { name })}
      icon={<Icon of={EnvironmentOutlined} />}
      testId="scope-picker"
      content={() => (
        <Suspense fallback={<Loading rows={2} />}>
          <ScopeForm />
        </Suspense>
      )}
    >
      <span>{name}</span>
      <Icon of={DownOutlined} />
    </Pop>
  );
}
