import { Alert } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CourseFile, FileKind, Uuid } from '@/api/types';
import { useProblemText } from '@/components/problem';
import { UploadField, WorkProgress } from '@/components/UploadField';
import { useUpload } from './queries';

/** As the server has it: beyond that it breaks the upload off, and the browser could not say why. */
const MOST_MB: Record<FileKind, number> = { image: 50, video: 500, file: 50 };
const ACCEPT: Record<FileKind, string> = {
  image: '.png,.jpg,.jpeg,.gif,.webp',
  video: '.mp4,.m4v,.webm',
  file: '.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.odt,.ods,.odp,.zip',
};

interface Props {
  course: Uuid;
  kind: FileKind;
  /** Hears the file, and of a video how many seconds it lasts. */
  onDone: (file: CourseFile, seconds: number | null) => void;
}

/** How long a video lasts, as this browser plays it; null where it cannot. */
function lengthOf(file: File): Promise<number | null> {
  return new Promise((resolve) => {
    const video = document.createElement('video');
    const address = URL.createObjectURL(file);
    const end = (seconds: number | null) => {
      URL.revokeObjectURL(address);
      resolve(seconds);
    };
    const look = () => {
      if (Number.isFinite(video.duration)) end(video.duration > 0 ? Math.max(1, Math.round(video.duration)) : null);
      // What was recorded in a browser says how long it is only once one has been at its end.
      else video.currentTime = Number.MAX_SAFE_INTEGER;
    };
    video.preload = 'metadata';
    video.onloadedmetadata = look;
    video.ondurationchange = () => Number.isFinite(video.duration) && look();
    video.onerror = () => end(null);
    video.src = address;
  });
}

/** Takes a file to the server, saying how far it is. */
export function Upload({ course, kind, onDone }: Props) {
  const { t } = useTranslation('courses');
  const problem = useProblemText();
  const [sending, setSending] = useState<{ name: string; sent: number; total: number; since: number; now: number } | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const upload = useUpload(course, (sent, total) => setSending((before) => before && { ...before, sent, total, now: Date.now() }));
  const take = async (file: File) => {
    setWrong(null);
    upload.reset();
    if (file.size > MOST_MB[kind] * 1024 * 1024) {
      setWrong(t('upload.tooLarge', { most: MOST_MB[kind] }));
      return;
    }
    const seconds = kind === 'video' ? await lengthOf(file) : null;
    if (kind === 'video' && seconds === null) {
      setWrong(t('upload.unplayable'));
      return;
    }
    const now = Date.now();
    setSending({ name: file.name, sent: 0, total: file.size, since: now, now });
    upload.mutate(file, {
      onSuccess: (done) => (done.kind === kind ? onDone(done, seconds) : setWrong(t('upload.otherKind', { kind: t(`kind.${done.kind}`) }))),
      onSettled: () => setSending(null),
    });
  };
  const error = wrong ?? (upload.error ? (upload.error instanceof Error && 'code' in upload.error && upload.error.code === 'unsupported_content' ? t(`upload.unsupported.${kind}`) : problem(upload.error)) : null);
  return (
    <div className="k-stack-tight">
      {error && <Alert type="error" showIcon title={error} />}
      {sending ? (
        <WorkProgress label={t('upload.sending', { name: sending.name })} done={sending.sent} total={sending.total} since={sending.since} now={sending.now} />
      ) : (
        <UploadField title={t(`upload.choose.${kind}`)} hint={t('upload.hint', { most: MOST_MB[kind] })} accept={ACCEPT[kind]} onFile={(file) => void take(file)} />
      )}
    </div>
  );
}
