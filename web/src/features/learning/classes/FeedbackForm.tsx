import { Button, Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import type { ClassFeedback, FeedbackAnswers } from '@/api/types';
import { useFormat } from '@/components/format';
import { useProblemText } from '@/components/problem';
import { useGiveFeedback } from './queries';

export const scales = ['content', 'lecturer', 'organisation', 'applicable'] as const;

/** What I thought of a class; once the time is over, what I said. */
export function Feedback({ id, said }: { id: string; said: ClassFeedback }) {
  if (said.open) return <FeedbackForm id={id} said={said} />;
  return said.mine && <Said mine={said.mine} />;
}

function Said({ mine }: { mine: NonNullable<ClassFeedback['mine']> }) {
  const { t } = useTranslation('classes');
  return (
    <section className="k-panel k-stack-tight" aria-label={t('feedback.title')}>
      <p className="k-soft">{t('feedback.kept')}</p>
      <p className="k-row-wide k-small">
        {scales.map((scale) => (
          <span key={scale}>
            {t(`feedback.scale.${scale}`)} <strong>{t('results.mean', { value: mine[scale] })}</strong>
          </span>
        ))}
      </p>
      {mine.remarks && <p className="k-break">{mine.remarks}</p>}
    </section>
  );
}

/** Four statements and my own words. */
function FeedbackForm({ id, said }: { id: string; said: ClassFeedback }) {
  const { t } = useTranslation('classes');
  const problem = useProblemText();
  const { time } = useFormat();
  const give = useGiveFeedback(id);
  const version = said.mine?.version ?? 0;
  const submit = (answers: Omit<FeedbackAnswers, 'version'>) =>
    give.mutate(
      { ...answers, remarks: answers.remarks?.trim() || null, version },
      { onSuccess: () => feedback.success(t('feedback.thanks')), onError: (error) => feedback.error(problem(error)) },
    );
  return (
    <section className="k-panel k-stack-tight" aria-label={t('feedback.title')}>
      <h2>{t('feedback.title')}</h2>
      <p className="k-soft">{said.mine ? t('feedback.given') : t('feedback.text')}</p>
      <Form layout="vertical" className="feedback" {...(said.mine ? { initialValues: said.mine } : {})} onFinish={submit}>
        {scales.map((scale) => (
          <Form.Item key={scale} name={scale} label={t(`feedback.scale.${scale}`)} rules={[{ required: true, message: t('feedback.needed') }]}>
            <Radio.Group className="feedback-scale" optionType="button" options={[1, 2, 3, 4, 5].map((value) => ({ value, label: String(value) }))} />
          </Form.Item>
        ))}
        <p className="k-faint k-small">{t('feedback.legend')}</p>
        <Form.Item name="remarks" label={t('feedback.remarks')}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={1000} />
        </Form.Item>
        <div className="k-row">
          <Button type="primary" htmlType="submit" loading={give.isPending}>
            {said.mine ? t('feedback.change') : t('feedback.send')}
          </Button>
          {said.until && <span className="k-faint k-small">{t('feedback.until', { time: time(said.until) })}</span>}
        </div>
      </Form>
    </section>
  );
}
