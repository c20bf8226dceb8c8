import { InboxOutlined } from '@ant-design/icons';
import { Progress } from 'antd';
import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from './format';
import './upload.css';

interface Props {
  /** What to drop here, in words. */
  title: string;
  hint?: ReactNode;
  /** File name endings, e.g. ".csv,.xlsx". */
  accept: string;
  onFile: (file: File) => void;
  disabled?: boolean;
}

/** A place to drop a file or choose one with the keyboard. */
export function UploadField({ title, hint, accept, onFile, disabled = false }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !disabled) onFile(file);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <div
      className="upload"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <button type="button" className="upload-button" disabled={disabled} onClick={() => input.current?.click()}>
        <InboxOutlined aria-hidden />
        <span>{title}</span>
        {hint && <span className="k-faint k-small">{hint}</span>}
      </button>
      <input
        ref={input}
        type="file"
        className="k-hidden"
        tabIndex={-1}
        aria-label={title}
        accept={accept}
        onChange={({ target }) => {
          take(target.files);
          // The same file, corrected, may be chosen again.
          target.value = '';
        }}
      />
    </div>
  );
}

interface ProgressProps {
  label: string;
  done: number;
  total: number;
  /** When it began, in milliseconds since the epoch. */
  since: number;
  now: number;
}

/** Seconds left at the pace so far; null in the first two seconds, when nobody can know. */
export function secondsLeft(done: number, total: number, since: number, now: number): number | null {
  const spent = (now - since) / 1000;
  if (spent < 2 || done <= 0 || total <= done) return null;
  return (spent / done) * (total - done);
}

/** A bar with the time it still takes. */
export function WorkProgress({ label, done, total, since, now }: ProgressProps) {
  const { t } = useTranslation();
  const { bytes, duration } = useFormat();
  const left = secondsLeft(done, total, since, now);
  const percent = total > 0 ? Math.min(100, Math.floor((done / total) * 100)) : 0;
  return (
    <div className="k-stack-tight" role="status" style={{ gap: 0 }}>
      <div className="k-spread">
        <span>{label}</span>
        <span className="k-faint k-small">
          {bytes(done)} / {bytes(total)}
          {left !== null && ` · ${t('upload.left', { time: duration(Math.max(1, left)) })}`}
        </span>
      </div>
      <Progress percent={percent} size="small" aria-label={label} />
    </div>
  );
}
