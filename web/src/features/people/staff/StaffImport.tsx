import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { StaffImport as Answer } from '@/api/types';
import { saveFile, toCsv } from '@/components/csv';
import { DataTable, type Column } from '@/components/DataTable';
import { TrialImport } from '@/components/TrialImport';
import { useStaffImport } from './queries';

const sample = [
  ['account', 'name', 'shop', 'team', 'level', 'joined_on', 'mentor', 'phone', 'email', 'roles'],
  ['wangfang', '王芳', '示例店铺', '售前组', '中级', '2025-03-01', '', '', '', 'agent'],
];

type Rejected = Answer['rejected'][number];

/** A spreadsheet of staff: tried first without changing anything, then imported. */
export function StaffImport({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('staff');
  const run = useStaffImport();
  const help = (
    <>
      {t('import.text')}{' '}
      <button type="button" className="k-link-button" onClick={() => saveFile(t('import.sampleName'), toCsv(sample))}>
        {t('import.sample')}
      </button>
    </>
  );
  return (
    <TrialImport
      title={t('import.title')}
      width={720}
      help={help}
      drop={t('import.drop')}
      accept=".csv,.xlsx,.tsv,.txt"
      run={run}
      go={(count) => (count === null ? t('import.goPlain') : t('import.go', { count }))}
      result={(answer, tried) => <Result answer={answer} tried={tried} />}
      onClose={onClose}
    />
  );
}

function Result({ answer, tried }: { answer: Answer; tried: boolean }) {
  const { t } = useTranslation('staff');
  const columns: Column<Rejected>[] = [
    { key: 'row', title: t('import.row'), numeric: true, always: true, render: (row) => row.row, plain: (row) => row.row },
    { key: 'column', title: t('import.column'), render: (row) => row.column ?? '—', plain: (row) => row.column },
    { key: 'reason', title: t('import.reason'), render: (row) => <span className="table-wrap-cell">{row.reason}</span>, plain: (row) => row.reason },
  ];
  const counts = { imported: answer.imported, unchanged: answer.unchanged, rejected: answer.rejected.length };
  return (
    <div className="k-stack-tight">
      <Alert type={answer.rejected.length > 0 ? 'warning' : tried ? 'info' : 'success'} showIcon title={tried ? t('import.tried', counts) : t('import.done', counts)} />
      {answer.warnings.map((warning, at) => (
        <Alert key={at} type="warning" title={warning.detail} />
      ))}
      {answer.rejected.length > 0 && (
        <DataTable<Rejected> name="staff-rejections" inside label={t('import.rejected')} columns={columns} list={{ items: answer.rejected }} rowKey={(row) => `${row.row}-${row.column ?? ''}`} empty={null} />
      )}
    </div>
  );
}
