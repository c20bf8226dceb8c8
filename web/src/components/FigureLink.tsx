import { useTranslation } from 'react-i18next';
import type { FigureValue, Unit } from '@/api/types';
import { FEW, NONE, useFormat } from './format';
import './figure.css';

interface Props {
  value: FigureValue | undefined;
  unit: Unit;
  /** What is opened, in words, for a screen reader: "首次响应时长, 李雷". */
  label: string;
  /** Opens the cases behind the figure. */
  onOpen?: (() => void) | undefined;
  /** Show the number of cases beside the value. */
  withN?: boolean;
}

/** A figure that opens the conversations behind it. Small numbers are pale and say so. */
export function FigureLink({ value, unit, label, onOpen, withN = true }: Props) {
  const { t } = useTranslation();
  const { figure } = useFormat();
  const text = figure(value?.value, unit, value?.n);
  if (!value || text === NONE) return <span className="k-faint">{NONE}</span>;
  const few = unit !== 'count' && value.n !== undefined && value.n < FEW;
  const tooFew = t('tooFew', { count: value.n ?? 0 });
  const n = withN && unit !== 'count' && value.n !== undefined && <span className="figure-n">{t('cases', { count: value.n })}</span>;
  const body = onOpen ? (
    <button type="button" className="k-link-button" aria-label={`${label}: ${text}`} onClick={onOpen}>
      {text}
    </button>
  ) : (
    <span>{text}</span>
  );
  return (
    <span className="figure" data-few={few || undefined} title={few ? tooFew : undefined}>
      {body}
      {n}
      {few && <span className="k-hidden">{tooFew}</span>}
    </span>
  );
}
