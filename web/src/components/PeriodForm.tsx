import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { presets, today, useAddress } from '@/app/address';
import { useMe, useScope } from '@/app/session';

/** Chooses the period; the address keeps it. */
export default function PeriodForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { from, to } = useScope();
  const zone = useMe().tenant.zone;
  const { set } = useAddress();
  return (
    <div className="pop-form">
      <div className="k-row">
        {presets(today(zone)).map((choice) => (
          <Button
            key={choice.key}
            size="small"
            type={choice.from === from && choice.to === to ? 'primary' : 'default'}
            onClick={() => {
              set({ from: choice.from, to: choice.to });
              onClose();
            }}
          >
            {t(`period.${choice.key}`)}
          </Button>
        ))}
      </div>
      <label>
        {t('period.from')}
        <Input type="date" value={from} max={to} onChange={({ target }) => target.value && target.value <= to && set({ from: target.value, to })} />
      </label>
      <label>
        {t('period.to')}
        <Input type="date" value={to} min={from} onChange={({ target }) => target.value && target.value >= from && set({ from, to: target.value })} />
      </label>
    </div>
  );
}
