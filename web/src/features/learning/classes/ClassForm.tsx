import { Alert, AutoComplete, Checkbox, Form, Input, InputNumber, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { addDays, today } from '@/app/address';
import { feedback } from '@/app/feedback';
import { useMe } from '@/app/session';
import { shownAt } from '@/app/zones';
import { competences, type ClassConflicts, type ClassDetail, type ClassDraft, type ClassWanted, type Competence } from '@/api/types';
import { keepsTyped } from '@/components/keepsTyped';
import { Loading } from '@/components/Loading';
import { zoneName } from '@/components/names';
import { fieldErrors, useProblemText } from '@/components/problem';
import { Trouble } from '@/components/Trouble';
import { useSettled } from '@/components/useSettled';
import { AudienceFields, audienceOf, type AudienceValues } from './AudienceFields';
import { presetCompetence } from './competences';
import { useChoices, useConflicts, useSaveClass } from './queries';
import { slotOf } from './times';

interface Preset {
  plan_item: string | null;
  course: string | null;
  title: string | null;
  competence: string | null;
}

interface Values extends AudienceValues {
  title: string;
  description?: string | null;
  competence: Competence;
  day: string;
  from: string;
  to: string;
  zone: string;
  place?: string | null;
  online_url?: string | null;
  lecturer: string;
  seats?: number | null;
  late_after_min: number;
  accept_conflicts?: boolean;
}

interface Props {
  /** The class to change; null makes one. */
  old: ClassDetail | null;
  preset?: Preset;
  onClose: () => void;
  onSaved?: (id: string) => void;
}

/** Makes or changes a class, and says before it is saved who or what is booked already. */
export function ClassForm({ old, preset, onClose, onSaved }: Props) {
  const { t } = useTranslation('classes');
  const { t: common } = useTranslation();
  const problem = useProblemText();
  const choices = useChoices(true);
  const save = useSaveClass(old);
  const [form] = Form.useForm<Values>();
  const start = useStart(old, preset);
  const submit = (values: Values) =>
    save.mutate(draftOf(values, old, preset), {
      onSuccess: (saved) => {
        feedback.success(common('saved'));
        onClose();
        onSaved?.(saved.id);
      },
      onError: (error) => {
        form.setFields(fieldErrors(error) as Parameters<typeof form.setFields>[0]);
        feedback.error(problem(error));
      },
    });
  return (
    <Modal open {...keepsTyped} title={old ? t('form.edit') : t('form.add')} okText={common('save')} cancelText={common('cancel')} confirmLoading={save.isPending} okButtonProps={{ disabled: !choices.data }} onCancel={onClose} onOk={() => form.submit()} width={680}>
      {choices.error && <Trouble error={choices.error} onRetry={() => void choices.refetch()} />}
      {choices.isPending && <Loading rows={8} />}
      {choices.data && (
        <Form form={form} layout="vertical" initialValues={start} onFinish={submit} className="class-form">
          {preset?.plan_item && <p className="k-soft class-form-wide">{t('form.fromPlan')}</p>}
          <Form.Item className="class-form-wide" name="title" label={t('field.title')} rules={[{ required: true, whitespace: true, message: t('form.needed') }]}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="competence" label={t('field.competence')} rules={[{ required: true, message: t('form.needed') }]}>
            <Select showSearch={{ optionFilterProp: 'label' }} options={competences.map((value) => ({ value, label: common(`competence.${value}`) }))} />
          </Form.Item>
          <Form.Item name="lecturer" label={t('field.lecturer')} rules={[{ required: true, message: t('form.needed') }]}>
            <Select showSearch={{ optionFilterProp: 'label' }} options={choices.data.lecturers.map(({ id, name, account }) => ({ value: id, label: `${name} (${account})` }))} />
          </Form.Item>
          <Times />
          <Form.Item name="place" label={t('field.place')} extra={t('form.placeHint')}>
            <AutoComplete allowClear options={choices.data.places.map((value) => ({ value }))} showSearch={{ filterOption: (typed, option) => String(option?.value).includes(typed) }} />
          </Form.Item>
          <Form.Item name="online_url" label={t('field.online_url')} rules={[{ type: 'url', message: t('form.url') }]}>
            <Input inputMode="url" placeholder="https://" />
          </Form.Item>
          <Form.Item name="seats" label={t('field.seats')} extra={t('form.seatsHint')}>
            <InputNumber controls={false} min={1} max={5000} precision={0} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="late_after_min" label={t('field.late_after_min')} extra={t('form.lateHint')} rules={[{ required: true, message: t('form.needed') }]}>
            <InputNumber controls={false} min={0} max={240} precision={0} suffix={t('minutes')} style={{ width: '100%' }} />
          </Form.Item>
          <AudienceFields choices={choices.data} keeps={old !== null} />
          <Form.Item className="class-form-wide" name="description" label={t('field.description')}>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} />
          </Form.Item>
          <Conflicts old={old} />
        </Form>
      )}
    </Modal>
  );
}

function useStart(old: ClassDetail | null, preset?: Preset): Partial<Values> {
  const { tenant } = useMe();
  if (!old) {
    const competence = presetCompetence(preset?.competence);
    return { title: preset?.title ?? '', ...(competence ? { competence } : {}), day: addDays(today(tenant.zone), 1), from: '09:30', to: '11:00', zone: tenant.zone, late_after_min: 10, who: 'choose' };
  }
  const from = shownAt(old.starts_at, old.zone);
  const { title, description, competence, zone, place, online_url, seats, late_after_min } = old;
  return { title, description, competence, zone, place, online_url, seats, late_after_min, day: from.day, from: from.time, to: shownAt(old.ends_at, zone).time, lecturer: old.lecturer.id, who: 'keep' };
}

function draftOf(values: Values, old: ClassDetail | null, preset?: Preset): ClassDraft {
  const text = (value: string | null | undefined) => value?.trim() || null;
  return {
    title: values.title,
    description: text(values.description),
    competence: values.competence,
    course: old ? null : (preset?.course ?? null),
    plan_item: old ? null : (preset?.plan_item ?? null),
    ...slotOf(values.day, values.from, values.to, values.zone),
    zone: values.zone,
    place: text(values.place),
    online_url: text(values.online_url),
    lecturer: values.lecturer,
    seats: values.seats ?? null,
    late_after_min: values.late_after_min,
    audience: audienceOf(values),
    accept_conflicts: values.accept_conflicts ?? false,
  };
}

function Times() {
  const { t, i18n } = useTranslation('classes');
  const { shops, tenant } = useMe();
  const zones = [...new Set([tenant.zone, ...shops.map(({ zone }) => zone)])];
  const needed = [{ required: true, message: t('form.needed') }];
  return (
    <>
      <Form.Item name="day" label={t('field.day')} rules={needed}>
        <Input type="date" />
      </Form.Item>
      <div className="class-form-times">
        <Form.Item name="from" label={t('field.from')} rules={needed}>
          <Input type="time" />
        </Form.Item>
        <Form.Item name="to" label={t('field.to')} rules={needed}>
          <Input type="time" />
        </Form.Item>
      </div>
      <Form.Item className="class-form-wide" name="zone" label={t('field.zone')} hidden={zones.length < 2}>
        <Select options={zones.map((value) => ({ value, label: zoneName(value, i18n.language) }))} />
      </Form.Item>
    </>
  );
}

/** What stands against what is typed, as soon as the typing pauses. */
function Conflicts({ old }: { old: ClassDetail | null }) {
  const { t } = useTranslation('classes');
  const form = Form.useFormInstance<Values>();
  const values = Form.useWatch((all: Values) => all, form);
  const { day, from, to, zone, lecturer } = values ?? {};
  const wanted: ClassWanted | null =
    day && from && to && zone && lecturer ? { class: old?.id ?? null, ...slotOf(day, from, to, zone), place: values.place ?? null, lecturer, audience: audienceOf(values) } : null;
  // Compared as text: the same choice again is no new question.
  const settled = useSettled(JSON.stringify(wanted), 400);
  const found = useConflicts(JSON.parse(settled) as ClassWanted | null);
  const seats = values?.seats;
  if (!found.data) return null;
  const { conflicts, count } = found.data;
  const people = conflicts.some(({ staff }) => staff !== null);
  return (
    <div className="class-form-wide k-stack-tight" aria-live="polite">
      <p className={seats && count > seats ? 'k-urgent' : 'k-soft'}>{seats && count > seats ? t('form.tooMany', { count, seats }) : t('form.count', { count })}</p>
      {conflicts.length === 0 && <p className="k-soft">{t('form.free')}</p>}
      {conflicts.length > 0 && <Alert type="warning" showIcon title={t('form.conflicts', { count: conflicts.length })} description={<ConflictList conflicts={conflicts} zone={zone ?? 'UTC'} />} />}
      {people && (
        <Form.Item name="accept_conflicts" valuePropName="checked" noStyle>
          <Checkbox>{t('form.accept')}</Checkbox>
        </Form.Item>
      )}
    </div>
  );
}

function ConflictList({ conflicts, zone }: { conflicts: ClassConflicts['conflicts']; zone: string }) {
  const { t } = useTranslation('classes');
  return (
    <ul className="k-plain-list">
      {conflicts.slice(0, 12).map((conflict) => {
        const from = shownAt(conflict.starts_at, zone);
        const words = { name: conflict.name, title: conflict.title, from: from.time, to: shownAt(conflict.ends_at, zone).time, day: from.day };
        return <li key={`${conflict.staff ?? ''}${conflict.class}`}>{conflict.staff ? t('form.personBusy', words) : t('form.roomBusy', words)}</li>;
      })}
      {conflicts.length > 12 && <li>{t('form.more', { count: conflicts.length - 12 })}</li>}
    </ul>
  );
}
