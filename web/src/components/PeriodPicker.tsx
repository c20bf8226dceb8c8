import CalendarOutlined from '@ant-design/icons-svg/es/asn/CalendarOutlined';
import DownOutlined from '@ant-design/icons-svg/es/asn/DownOutlined';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './Icon';
import { presets, today } from '@/app/address';
import { lazyThemed } from '@/app/lazyThemed';
import { useMe, useScope } from '@/app/session';
import { useFormat } from './format';
import { Loading } from './Loading';
import { Pop } from './Pop';

const PeriodForm = lazyThemed(() => import('./PeriodForm'));

/** When: the usual periods one click away, any other by its two days. */
export function PeriodPicker() {
  const { t } = useTranslation();
  const { day } = useFormat();
  const { from, to } = useScope();
  const zone = useMe().tenant.zone;
  const current = presets(today(zone)).find((choice) => choice.from === from && choice.to === to);
  const name = current ? t(`period.${current.key}`) : `${day(from)} – ${day(to)}`;
  return (
    <Pop
      label={t('period.label', { name })}
      icon={<Icon of={CalendarOutlined} />}
      testId="period-picker"
      content={(close) => (
        <Suspense fallback={<Loading rows={2} />}>
          <PeriodForm onClose={close} />
        </Suspense>
      )}
    >
      <span>{name}</span>
      <Icon of={DownOutlined} />
    </Pop>
  );
}
