import { DownOutlined, EnvironmentOutlined } from '@ant-design/icons';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { tenantsOf, useMe, usePlace } from '@/app/session';
import { Loading } from './Loading';
import { Pop } from './Pop';

const ScopeForm = lazy(() => import('./ScopeForm'));

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
      icon={<EnvironmentOutlined aria-hidden />}
      testId="scope-picker"
      content={() => (
        <Suspense fallback={<Loading rows={2} />}>
          <ScopeForm />
        </Suspense>
      )}
    >
      <span>{name}</span>
      <DownOutlined aria-hidden />
    </Pop>
  );
}
