import { Alert, Tabs, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { downloadUrl } from '@/api/client';
import type { QuestionImport as Answer } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { QuestionView } from '@/components/question/QuestionView';
import { TrialImport } from '@/components/TrialImport';
import { useQuestionImport } from './queries';
import './questions.css';

/** A file of questions: read and shown first without changing anything, then imported. */
export function QuestionImport({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('questions');
  const run = useQuestionImport();
  const help = (
    <>
      {t('import.text')} <a href={downloadUrl('/questions/template.xlsx')}>{t('import.template')}</a>
    </>
  );
  return (
    <TrialImport
      title={t('import.title')}
      width={760}
      help={help}
      drop={t('import.drop')}
      hint={t('import.hint')}
      accept=".xlsx,.csv,.tsv,.txt,.gift,.jsonl"
      run={run}
      go={(count) => (count === null ? t('import.goPlain') : t('import.go', { count }))}
      result={(answer, tried) => <Result answer={answer} tried={tried} />}
      onClose={onClose}
    />
  );
}

interface Line {
  row: number;
  column: string | null;
  reason: string;
}

function Result({ answer, tried }: { answer: Answer; tried: boolean }) {
  const { t } = useTranslation('questions');
  const counts = { imported: answer.imported, unchanged: answer.unchanged, rejected: answer.rejected.length, skipped: answer.skipped.length };
  const skipped: Line[] = answer.skipped.map(({ row, reason, text }) => ({ row, column: null, reason: text ? `${text} — ${reason}` : reason }));
  const tabs = [
    { key: 'read', label: t('import.read', { count: answer.imported + answer.unchanged }), children: <Read answer={answer} />, shown: answer.questions.length > 0 },
    { key: 'rejected', label: t('import.rejected', { count: counts.rejected }), children: <Lines name="rejected" lines={answer.rejected} />, shown: counts.rejected > 0 },
    { key: 'skipped', label: t('import.skipped', { count: counts.skipped }), children: <Lines name="skipped" lines={skipped} />, shown: counts.skipped > 0 },
  ].filter(({ shown }) => shown);
  const type = counts.rejected + counts.skipped > 0 ? 'warning' : tried ? 'info' : 'success';
  return (
    <div className="k-stack-tight">
      <Alert type={type} showIcon title={tried ? t('import.tried', counts) : t('import.done', counts)} />
      {answer.warnings.map((warning) => (
        <Alert key={warning} type="warning" title={warning} />
      ))}
      {tabs.length > 0 && <Tabs size="small" items={tabs.map(({ key, label, children }) => ({ key, label, children }))} />}
    </div>
  );
}

function Read({ answer }: { answer: Answer }) {
  const { t } = useTranslation('questions');
  return (
    <ol className="k-plain-list k-stack questions-read" tabIndex={0}>
      {answer.questions.map((question) => (
        <li key={question.row} className="k-panel">
          <div className="k-row k-small k-faint">
            <span>{t('import.line', { row: question.row })}</span>
            <Tag>{t(`kind.${question.key.kind}`)}</Tag>
            {question.topic && <span>{question.topic}</span>}
            {!question.new && <span>{t('import.known')}</span>}
          </div>
          <QuestionView text={question.text} answer={question.key} />
        </li>
      ))}
      {answer.questions.length < answer.imported + answer.unchanged && <li className="k-faint">{t('import.first', { count: answer.questions.length })}</li>}
    </ol>
  );
}

function Lines({ name, lines }: { name: string; lines: Line[] }) {
  const { t } = useTranslation('questions');
  const columns: Column<Line>[] = [
    { key: 'row', title: t('import.row'), numeric: true, always: true, render: (line) => line.row, plain: (line) => line.row },
    { key: 'column', title: t('import.column'), render: (line) => line.column ?? '—', plain: (line) => line.column },
    { key: 'reason', title: t('import.reason'), render: (line) => <span className="table-wrap-cell">{line.reason}</span>, plain: (line) => line.reason },
  ];
  return <DataTable<Line> name={`question-${name}`} inside label={t('import.title')} columns={columns} list={{ items: lines }} rowKey={(line) => `${line.row}-${line.column ?? ''}-${line.reason}`} empty={null} />;
}
