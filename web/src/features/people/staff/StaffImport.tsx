import { Alert, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffImport as Answer } from '@/api/types';
import { saveFile, toCsv } from '@/components/csv';
import { DataTable, type Column } from '@/components/DataTable';
import { Loading } from '@/components/Loading';
import { Trouble } from '@/components/Trouble';
import { UploadField } from '@/components/UploadField';
import { useStaffImport } from './queries';

const sample = [
  ['account', 'name', 'shop', 'team', 'level', 'joined_on', 'mentor', 'phone', 'email', 'roles'],
  ['wangfang', '王芳', '示例店铺', '售前组', '中级', '2025-03-01', '', '', '', 'agent'],
];

type Rejected = Answer['rejected'][number];

/** A spreadsheet of staff: tried first without changing anything, then imported. */
export function StaffImport({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('staff');
  const { t: common } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const run = useStaffImport();
  const answer = run.data;
  const tried = run.variables?.dryRun === true;
  const take = (next: File) => {
    setFile(next);
    run.mutate({ file: next, dryRun: true });
  };
  const toImport = tried && answer !== undefined && answer.imported > 0;
  return (
    <Modal
      open
      title={t('import.title')}
      width={720}
      onCancel={onClose}
      footer={[
        <Button key="close" onClick={onClose}>
          {answer && !tried ? common('close') : common('cancel')}
        </Button>,
        <Button key="go" type="primary" disabled={!toImport} loading={run.isPending && !tried} onClick={() => file && run.mutate({ file, dryRun: false })}>
          {answer && tried ? t('import.go', { count: answer.imported }) : t('import.goPlain')}
        </Button>,
      ]}
    >
      <div className="k-stack">
        <p className="k-soft">
          {t('import.text')}{' '}
          <button type="button" className="k-link-button" onClick={() => saveFile(t('import.sampleName'), toCsv(sample))}>
            {t('import.sample')}
          </button>
        </p>
        <UploadField title={file ? file.name : t('import.drop')} accept=".csv,.xlsx,.tsv,.txt" onFile={take} disabled={run.isPending} />
        {run.isPending && <Loading rows={2} />}
        {run.error && <Trouble error={run.error} />}
        {answer && <Result answer={answer} tried={tried} />}
      </div>
    </Modal>
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
        <DataTable<Rejected> name="staff-rejections" inside label={t('import.rejected')} columns={columns} rows={answer.rejected} rowKey={(row) => `${row.row}-${row.column ?? ''}`} empty={null} />
      )}
    </div>
  );
}
