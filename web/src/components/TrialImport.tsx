import { Button, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from './Loading';
import { Trouble } from './Trouble';
import { UploadField } from './UploadField';

/** What is asked of the server: the file, and whether it is only to be tried. */
export interface Trial {
  file: File;
  dryRun: boolean;
}

/** A mutation that reads a file, as far as the dialog looks at it. */
interface Run<Answer> {
  data: Answer | undefined;
  variables: Trial | undefined;
  error: Error | null;
  isPending: boolean;
  mutate: (trial: Trial) => void;
}

interface Props<Answer> {
  title: string;
  width: number;
  /** What the file has to look like, and where an example is. */
  help: ReactNode;
  /** What is said where no file is chosen yet. */
  drop: string;
  hint?: string;
  accept: string;
  run: Run<Answer>;
  /** The button that imports; without a number while nothing was tried. */
  go: (count: number | null) => string;
  result: (answer: Answer, tried: boolean) => ReactNode;
  onClose: () => void;
}

/** A file is tried first without changing anything and what would happen is shown; then it is imported. */
export function TrialImport<Answer extends { imported: number }>({ title, width, help, drop, hint, accept, run, go, result, onClose }: Props<Answer>) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
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
      title={title}
      width={width}
      onCancel={onClose}
      footer={[
        <Button key="close" onClick={onClose}>
          {answer && !tried ? t('close') : t('cancel')}
        </Button>,
        <Button key="go" type="primary" disabled={!toImport} loading={run.isPending && !tried} onClick={() => file && run.mutate({ file, dryRun: false })}>
          {go(answer && tried ? answer.imported : null)}
        </Button>,
      ]}
    >
      <div className="k-stack">
        <p className="k-soft">{help}</p>
        <UploadField title={file ? file.name : drop} {...(hint ? { hint } : {})} accept={accept} onFile={take} disabled={run.isPending} />
        {run.isPending && <Loading rows={2} />}
        {run.error && <Trouble error={run.error} />}
        {answer && result(answer, tried)}
      </div>
    </Modal>
  );
}
