import { useTranslation } from 'react-i18next';
import type { Evaluation } from '@/api/types';
import { useFormat } from '@/components/format';
import { useEffectFormat } from './useEffectFormat';

/** The figure of both groups before and after, and what the training made of the difference. */
export function BeforeAfter({ evaluation }: { evaluation: Evaluation }) {
  const { t } = useTranslation('evaluation');
  const { t: common } = useTranslation();
  const { figure } = useFormat();
  const { difference, range } = useEffectFormat();
  const { table, estimate } = evaluation.outcome;
  const { unit } = evaluation.figure;
  const rows = [
    { group: 'trained' as const, before: table.trained_before, after: table.trained_after },
    { group: 'controls' as const, before: table.controls_before, after: table.controls_after },
  ];
  const cell = (group: typeof table.trained_before) => (
    <>
      {figure(group.value, unit, group.n)} <span className="k-faint k-small">{common('cases', { count: group.n })}</span>
    </>
  );
  return (
    <div className="effect-scroll" tabIndex={0}>
      <table className="effect-table">
        <thead>
          <tr>
            <th scope="col">{t('table.group')}</th>
            <th scope="col">{t('table.before')}</th>
            <th scope="col">{t('table.after')}</th>
            <th scope="col">{t('table.change')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ group, before, after }) => (
            <tr key={group}>
              <th scope="row">{t(`group.${group}`)}</th>
              <td>{cell(before)}</td>
              <td>{cell(after)}</td>
              <td>{before.value === null || after.value === null ? '—' : difference(after.value - before.value, unit, estimate ? estimate.high - estimate.low : 1)}</td>
            </tr>
          ))}
        </tbody>
        {estimate && (
          <tfoot>
            <tr>
              <th scope="row" colSpan={3}>
                {t('table.effect')}
              </th>
              <td>
                {difference(estimate.effect, unit, estimate.high - estimate.low)}
                <br />
                <span className="k-faint k-small">{range(estimate.low, estimate.high, unit)}</span>
              </td>
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
