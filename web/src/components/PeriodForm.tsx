import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { presets, today, useAddress } from '@/app/address';
import { useMe, useScope } from '@/app/session';
import type { Day } from '@/api/types';

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
        <DayField value={from} max={to} onChange={(day) => set({ from: day, to })} />
      </label>
      <label>
        {t('period.to')}
        <DayField value={to} min={from} onChange={(day) => set({ from, to: day })} />
      </label>
    </div>
  );
}

/** No record is older: a day before it is a year half typed. */
const EARLIEST = '2000-01-01';

/** A day that is being typed stays as it is typed; it counts as soon as it is one within the bounds. */
function DayField({ value, min = EARLIEST, max, onChange }: { value: Day; min?: Day; max?: Day; onChange: (day: Day) => void }) {
  const [typed, setTyped] = useState(value);
  const [before, setBefore] = useState(value);
  if (before !== value) {
    setBefore(value);
    setTyped(value);
  }
  const type = (day: string) => {
    setTyped(day);
    if (day >= min && day <= (max ?? day)) onChange(day);
  };
  return <Input type="date" value={typed} min={min} max={max} onChange={({ target }) => type(target.value)} onBlur={() => setTyped(value)} />;
}
