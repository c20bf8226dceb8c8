import { useTranslation } from 'react-i18next';
import type { Spot } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { useEvidence } from '@/components/evidence/address';
import { FigureLink } from '@/components/FigureLink';
import { personOf } from '@/components/names';
import { pick } from '@/i18n';
import { keyOf } from './queries';

/** What looks weak and may be chance: listed, never ranked. */
export function TooFew({ spots }: { spots: Spot[] }) {
  const { t } = useTranslation('weak-spots');
  const { mayRead, open } = useEvidence();
  const columns: Column<Spot>[] = [
    { key: 'agent', title: t('few.agent'), always: true, render: (row) => personOf(row.agent.name), plain: (row) => row.agent.name },
    { key: 'shop', title: t('few.shop'), render: (row) => row.shop.name, plain: (row) => row.shop.name },
    { key: 'key', title: t('few.figure'), render: (row) => pick(row.name), plain: (row) => pick(row.name) },
    {
      key: 'value',
      title: t('value'),
      numeric: true,
      render: (row) => (
        <FigureLink
          value={{ value: row.value, n: row.n, version: 1 }}
          unit={row.unit}
          label={`${row.agent.name}, ${pick(row.name)}`}
          onOpen={mayRead ? () => open({ ...row.evidence, title: `${row.agent.name} · ${pick(row.name)}` }) : undefined}
        />
      ),
      plain: (row) => row.value,
    },
    { key: 'words', title: t('few.words'), render: (row) => <span className="table-wrap-cell k-soft">{pick(row.words)}</span>, plain: (row) => pick(row.words) },
  ];
  return (
    <div className="k-stack-tight">
      <p className="k-soft">{t('few.text')}</p>
      <DataTable<Spot> name="too-few" label={t('few.label')} columns={columns} list={{ items: spots }} rowKey={keyOf} empty={null} />
    </div>
  );
}
