import { Drawer, Button, Form, Input, InputNumber, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useAddress, useScopedTo } from '@/app/address';
import { feedback } from '@/app/feedback';
import { useMe } from '@/app/session';
import { competences, type ClassDetail, type NewExam } from '@/api/types';
import { keepsTyped } from '@/components/keepsTyped';
import { Loading } from '@/components/Loading';
import { zoneName } from '@/components/names';
import { fieldErrors, serversWords, useProblemText } from '@/components/problem';
import { AudienceFields } from './AudienceFields';
import { draftOf, start, takers, type Values } from './draft';
import { useClassOf, usePapers, useSetExam } from './queries';

/** Sets an exam. `?cause=class:ID` says what it is set because of; of a class, those who came are to sit it. */
export function ExamForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('exams');
  const { get } = useAddress();
  const [kind, id] = (get('cause') ?? '').split(':');
  const of = useClassOf(kind === 'class' && id ? id : null);
  if (of.isLoading) {
    return (
      <Drawer open title={t('form.title')} onClose={onClose} size={560}>
        <Loading rows={8} />
      </Drawer>
    );
  }
  // A class that cannot be read only fills in nothing: the exam can be set all the same.
  return <ExamOf of={of.data ?? null} onClose={onClose} />;
}

function ExamOf({ of, onClose }: { of: ClassDetail | null; onClose: () => void }) {
  const { t } = useTranslation('exams');
  const { t: common } = useTranslation();
  const { zone } = useMe().tenant;
  const { get } = useAddress();
  const [form] = Form.useForm<Values>();
  const [begin] = useState(() => start(Date.now(), zone, { title: get('title') ?? of?.title ?? null, competence: get('competence') ?? of?.competence ?? null, people: takers(of) }));
  const problem = useProblemText();
  const save = useSetExam();
  const navigate = useNavigate();
  const to = useScopedTo();
  const submit = (values: Values) =>
    save.mutate(draftOf(values, zone, get('cause')) satisfies NewExam, {
      onSuccess: (exam) => {
        feedback.success(t('form.done', { count: exam.managed?.counts.candidates ?? 0 }));
        void navigate(to(`/exams/${exam.id}`));
      },
      onError: (error) => {
        form.setFields(fieldErrors(error) as Parameters<typeof form.setFields>[0]);
        feedback.error(error.code === 'invalid' || error.code === 'conflict' ? (serversWords(error) ?? problem(error)) : problem(error));
      },
    });
  return (
    <Drawer
      open
      {...keepsTyped}
      title={t('form.title')}
      onClose={onClose}
      size={560}
      footer={
        <div className="k-row">
          <Button type="primary" loading={save.isPending} onClick={() => form.submit()}>
            {t('form.ok')}
          </Button>
          <Button onClick={onClose}>{common('cancel')}</Button>
        </div>
      }
    >
      <Form form={form} layout="vertical" initialValues={begin} onFinish={submit}>
        <What />
        <When zone={zone} />
        <Grades />
        <AudienceFields chosen={takers(of)} />
        <MakeUp />
      </Form>
    </Drawer>
  );
}

function useNeeded() {
  const { t } = useTranslation('exams');
  return [{ required: true, message: t('form.needed') }];
}

function What() {
  const { t } = useTranslation('exams');
  const { t: common } = useTranslation();
  const papers = usePapers();
  const needed = useNeeded();
  return (
    <>
      <Form.Item name="title" label={t('field.title')} rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="competence" label={t('field.competence')} rules={needed}>
        <Select options={competences.map((value) => ({ value, label: common(`competence.${value}`) }))} />
      </Form.Item>
      <Form.Item name="paper" label={t('field.paper')} rules={needed}>
        <Select
          loading={papers.loading}
          showSearch={{ optionFilterProp: 'label' }}
          notFoundContent={t('form.noPaper')}
          options={papers.items.map(({ id, title, count, total }) => ({ value: id, label: t('form.paperOption', { title, count, total }) }))}
        />
      </Form.Item>
    </>
  );
}

function When({ zone }: { zone: string }) {
  const { t, i18n } = useTranslation('exams');
  const needed = useNeeded();
  const later = ({ getFieldValue }: { getFieldValue: (name: string) => unknown }) => ({
    validator: (_rule: unknown, value: string) => (value && value <= String(getFieldValue('opens')) ? Promise.reject(new Error(t('form.closesAfter'))) : Promise.resolve()),
  });
  return (
    <div className="exams-form-times">
      <Form.Item name="opens" label={t('field.opens')} rules={needed} extra={t('form.zone', { zone: zoneName(zone, i18n.language) })}>
        <Input type="datetime-local" />
      </Form.Item>
      <Form.Item name="closes" label={t('field.closes')} rules={[...needed, later]} dependencies={['opens']}>
        <Input type="datetime-local" />
      </Form.Item>
      <Form.Item name="minutes" label={t('field.minutes')} rules={needed}>
        <InputNumber controls={false} min={1} max={600} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="attempts" label={t('field.attempts')} rules={needed}>
        <InputNumber controls={false} min={1} max={5} precision={0} style={{ width: '100%' }} />
      </Form.Item>
    </div>
  );
}

function Grades() {
  const { t } = useTranslation('exams');
  const needed = useNeeded();
  const falling = ({ getFieldValue }: { getFieldValue: (name: string[]) => unknown }) => ({
    validator: () => {
      const [excellent, good, pass] = ['excellent', 'good', 'pass'].map((grade) => Number(getFieldValue(['limits', grade])));
      return (excellent ?? 0) > (good ?? 0) && (good ?? 0) > (pass ?? 0) ? Promise.resolve() : Promise.reject(new Error(t('form.falling')));
    },
  });
  return (
    <>
      <div className="exams-form-pair">
        {(['excellent', 'good', 'pass'] as const).map((grade) => (
          <Form.Item key={grade} name={['limits', grade]} label={t(`grade.${grade}`)} extra={t('form.percent')} rules={grade === 'pass' ? [...needed, falling] : needed} dependencies={grade === 'pass' ? [['limits', 'excellent'], ['limits', 'good']] : []}>
            <InputNumber controls={false} min={1} max={100} style={{ width: '100%' }} />
          </Form.Item>
        ))}
      </div>
      <div className="exams-form-pair">
        <Form.Item name="credits" label={t('field.credits')} extra={t('field.creditsHint')} rules={needed}>
          <InputNumber controls={false} min={0} max={100} step={0.5} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="shows_answers" label={t('form.shows')}>
          <Select
            options={[
              { value: 'after_close', label: t('form.showsAfterClose') },
              { value: 'never', label: t('form.showsNever') },
            ]}
          />
        </Form.Item>
      </div>
    </>
  );
}

function MakeUp() {
  const { t } = useTranslation('exams');
  const form = Form.useFormInstance<Values>();
  const wanted = Form.useWatch('makes_up', form);
  const fields = [
    ['after_days', 'form.afterDays', 90],
    ['window_days', 'form.windowDays', 90],
    ['times', 'form.makeUpTimes', 5],
  ] as const;
  return (
    <>
      <Form.Item name="makes_up" label={t('form.makeUp')} valuePropName="checked">
        <Switch />
      </Form.Item>
      {wanted && (
        <div className="exams-form-pair">
          {fields.map(([name, label, most]) => (
            <Form.Item key={name} name={['make_up', name]} label={t(label)} rules={[{ required: true, message: t('form.needed') }]}>
              <InputNumber controls={false} min={1} max={most} precision={0} style={{ width: '100%' }} />
            </Form.Item>
          ))}
        </div>
      )}
    </>
  );
}
