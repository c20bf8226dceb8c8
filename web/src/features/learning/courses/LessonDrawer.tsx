import { Alert, Button, Drawer, Form, Input, InputNumber, Segmented, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import type { CourseFile, LessonItem, LessonKind, Uuid } from '@/api/types';
import { useFormat } from '@/components/format';
import { keepsTyped } from '@/components/keepsTyped';
import { serversWords, useProblemText } from '@/components/problem';
import { Markdown } from './Markdown';
import { Upload } from './Upload';
import { fileUrl, useFiles, useRemoveFile, useSaveLesson, type LessonValues } from './queries';

interface Props {
  course: Uuid;
  /** Which to change; null adds one. */
  lesson: LessonItem | null;
  kind: LessonKind;
  onClose: () => void;
}

/** Writes a lesson: its words, and the picture, video or file that it is about. */
export function LessonDrawer({ course, lesson, kind, onClose }: Props) {
  const { t } = useTranslation('courses');
  const { t: common } = useTranslation();
  const { duration } = useFormat();
  const problem = useProblemText();
  const [title, setTitle] = useState(lesson?.title ?? '');
  const [body, setBody] = useState(lesson?.body ?? '');
  const [minutes, setMinutes] = useState(lesson?.minutes ?? 5);
  const [required, setRequired] = useState(lesson?.required ?? true);
  const [file, setFile] = useState<CourseFile | null>(lesson?.file ?? null);
  const [length, setLength] = useState<number | null>(lesson?.length_s ?? null);
  const save = useSaveLesson(course, lesson);
  const ready = title.trim() !== '' && (kind === 'text' ? body.trim() !== '' : file !== null) && (kind !== 'video' || length !== null);
  const submit = () => {
    const values: LessonValues = { title, kind, body, file: file?.id ?? null, length_s: length, minutes, required };
    save.mutate(values, {
      onSuccess: () => {
        feedback.success(common('saved'));
        onClose();
      },
    });
  };
  const taken = (uploaded: CourseFile, seconds: number | null) => {
    setFile(uploaded);
    setLength(seconds);
    if (seconds) setMinutes(Math.max(1, Math.ceil(seconds / 60)));
    if (!title) setTitle(uploaded.name.replace(/\.\w+$/, ''));
  };
  return (
    <Drawer
      open
      {...keepsTyped}
      size={720}
      title={lesson ? t('editLesson', { title: lesson.title }) : t(`addKind.${kind}`)}
      onClose={onClose}
      footer={
        <div className="k-row">
          <Button type="primary" disabled={!ready} loading={save.isPending} onClick={submit}>
            {common('save')}
          </Button>
          <Button onClick={onClose}>{common('cancel')}</Button>
        </div>
      }
    >
      <Form layout="vertical">
        {save.error && <Alert type="error" showIcon title={problem(save.error)} description={serversWords(save.error)} style={{ marginBottom: 16 }} />}
        <Form.Item label={t('lesson.title')} required>
          <Input aria-label={t('lesson.title')} value={title} maxLength={100} onChange={({ target }) => setTitle(target.value)} />
        </Form.Item>
        {kind !== 'text' && (
          <Form.Item label={t(`lesson.${kind}`)} required>
            {file && (
              <p className="k-break">
                {file.name}
                {length !== null && kind === 'video' && ` · ${duration(length)}`}
              </p>
            )}
            <Upload course={course} kind={kind} onDone={taken} />
          </Form.Item>
        )}
        <Body course={course} kind={kind} body={body} onChange={setBody} />
        <div className="k-row-wide">
          <Form.Item label={t('lesson.minutes')}>
            <InputNumber controls={false} min={1} max={600} precision={0} value={minutes} onChange={(value) => setMinutes(value ?? 1)} />
          </Form.Item>
          <Form.Item label={t('lesson.required')}>
            <Switch checked={required} onChange={setRequired} />
          </Form.Item>
        </div>
      </Form>
    </Drawer>
  );
}

/** The words, as they are written and as they will look. */
function Body({ course, kind, body, onChange }: { course: Uuid; kind: LessonKind; body: string; onChange: (body: string) => void }) {
  const { t } = useTranslation('courses');
  const [view, setView] = useState<'write' | 'look'>('write');
  return (
    <Form.Item label={kind === 'text' ? t('lesson.body') : t('lesson.words')} required={kind === 'text'}>
      <div className="k-stack-tight">
        <Segmented<'write' | 'look'>
          value={view}
          onChange={setView}
          options={[
            { value: 'write', label: t('lesson.write') },
            { value: 'look', label: t('lesson.look') },
          ]}
        />
        {view === 'write' ? (
          <>
            <Input.TextArea aria-label={t('lesson.body')} value={body} maxLength={50_000} autoSize={{ minRows: kind === 'text' ? 10 : 3, maxRows: 24 }} onChange={({ target }) => onChange(target.value)} />
            <span className="k-faint k-small">{t('lesson.markdown')}</span>
          </>
        ) : (
          <div className="k-panel">
            <Markdown course={course} text={body} />
          </div>
        )}
        {view === 'write' && <Pictures course={course} onUse={(file) => onChange(`${body}${body && !body.endsWith('\n') ? '\n\n' : ''}![${file.name.replace(/\.\w+$/, '')}](file:${file.id})\n`)} />}
      </div>
    </Form.Item>
  );
}

/** Pictures of the course, to be put into the text. */
function Pictures({ course, onUse }: { course: Uuid; onUse: (file: CourseFile) => void }) {
  const { t } = useTranslation('courses');
  const { t: common } = useTranslation();
  const problem = useProblemText();
  const [open, setOpen] = useState(false);
  const files = useFiles(course, open);
  const remove = useRemoveFile(course);
  if (!open) {
    return (
      <Button size="small" onClick={() => setOpen(true)} style={{ alignSelf: 'flex-start' }}>
        {t('lesson.insert')}
      </Button>
    );
  }
  const pictures = files.data?.items.filter(({ kind }) => kind === 'image') ?? [];
  return (
    <div className="k-panel k-stack-tight">
      <Upload course={course} kind="image" onDone={onUse} />
      <ul className="k-plain-list lesson-pictures">
        {pictures.map((file) => (
          <li key={file.id} className="k-stack-tight">
            <button type="button" className="k-link-button" onClick={() => onUse(file)}>
              <img src={fileUrl(course, file.id)} alt={file.name} />
            </button>
            <button type="button" className="k-link-button k-small" onClick={() => remove.mutate(file.id, { onError: (error) => feedback.error([problem(error), serversWords(error)].filter(Boolean).join(' ')) })}>
              {common('delete')}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
