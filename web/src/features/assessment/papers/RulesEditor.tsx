import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { competences, questionKinds, type Competence, type DrawRule, type QuestionKind, type RulesCount } from '@/api/types';
import { Trouble } from '@/components/Trouble';
import { useSettled } from '@/components/useSettled';
import { useRulesCount, useTopics } from './queries';

interface Props {
  rules: DrawRule[];
  onChange: (rules: DrawRule[]) => void;
  /** What a new rule starts with. */
  fresh: DrawRule;
}

const levels = [1, 2, 3, 4, 5].map((value) => ({ value, label: String(value) }));

/** What a paper draws, with how much of it the bank has, counted while it is written. */
export function RulesEditor({ rules, onChange, fresh }: Props) {
  const { t } = useTranslation('papers');
  const counted = useRulesCount(useSettled(rules, 400));
  const total = rules.reduce((all, { count, points }) => all + count * Math.round(points * 100), 0) / 100;
  const count = rules.reduce((all, rule) => all + rule.count, 0);
  return (
    <section className="k-stack">
      {rules.map((rule, at) => (
        <Rule
          key={at}
          rule={rule}
          at={at}
          counted={counted.data}
          onChange={(next) => onChange(rules.map((one, index) => (index === at ? next : one)))}
          {...(rules.length > 1 ? { onDrop: () => onChange(rules.filter((_one, index) => index !== at)) } : {})}
        />
      ))}
      {counted.error && <Trouble error={counted.error} onRetry={() => void counted.refetch()} />}
      <div className="k-spread">
        <Button icon={<PlusOutlined aria-hidden />} onClick={() => onChange([...rules, fresh])}>
          {t('rules.add')}
        </Button>
        <span className="k-soft">{t('fixed.sum', { count, total })}</span>
      </div>
    </section>
  );
}

interface RuleProps {
  rule: DrawRule;
  at: number;
  counted: RulesCount | undefined;
  onChange: (rule: DrawRule) => void;
  onDrop?: () => void;
}

function Rule({ rule, at, counted, onChange, onDrop }: RuleProps) {
  const { t } = useTranslation('papers');
  const { t: words } = useTranslation('questions');
  const { t: common } = useTranslation();
  const topics = useTopics().data?.items ?? [];
  const put = (patch: Partial<DrawRule>) => onChange({ ...rule, ...patch });
  const any = t('rules.any');
  return (
    <fieldset className="k-panel papers-rule">
      <legend className="k-hidden">{t('rules.rule', { number: at + 1 })}</legend>
      <div className="k-spread">
        <strong>{t('rules.rule', { number: at + 1 })}</strong>
        {onDrop && <Button type="text" size="small" icon={<DeleteOutlined aria-hidden />} aria-label={t('rules.drop', { number: at + 1 })} onClick={onDrop} />}
      </div>
      <div className="papers-fields">
        <label>
          <span>{t('rules.topic')}</span>
          <Select allowClear placeholder={any} value={rule.topic} onChange={(topic?: string) => put({ topic: topic ?? null })} options={topics.map(({ topic, questions }) => ({ value: topic, label: `${topic} (${questions})` }))} />
        </label>
        <label>
          <span>{t('rules.competence')}</span>
          <Select allowClear placeholder={any} value={rule.competence} onChange={(one?: Competence) => put({ competence: one ?? null })} options={competences.map((value) => ({ value, label: common(`competence.${value}`) }))} />
        </label>
        <label>
          <span>{t('rules.kind')}</span>
          <Select allowClear placeholder={any} value={rule.question_kind} onChange={(one?: QuestionKind) => put({ question_kind: one ?? null })} options={questionKinds.map((value) => ({ value, label: words(`kind.${value}`) }))} />
        </label>
        <div>
          <span>{t('rules.difficulty')}</span>
          <span className="papers-range">
            <Select aria-label={t('rules.from')} value={rule.difficulty_from} onChange={(from) => put({ difficulty_from: from, difficulty_to: Math.max(from, rule.difficulty_to) })} options={levels} />
            –
            <Select aria-label={t('rules.to')} value={rule.difficulty_to} onChange={(to) => put({ difficulty_to: to, difficulty_from: Math.min(to, rule.difficulty_from) })} options={levels} />
          </span>
        </div>
        <label>
          <span>{t('rules.count')}</span>
          <InputNumber controls={false} min={1} max={200} precision={0} value={rule.count} onChange={(count) => put({ count: count ?? 1 })} />
        </label>
        <label>
          <span>{t('field.questionPoints')}</span>
          <InputNumber controls={false} min={0.01} max={1000} value={rule.points} onChange={(points) => put({ points: points ?? 1 })} />
        </label>
      </div>
      <Matching at={at} rule={rule} counted={counted} />
    </fieldset>
  );
}

function Matching({ at, rule, counted }: { at: number; rule: DrawRule; counted: RulesCount | undefined }) {
  const { t } = useTranslation('papers');
  const matching = counted?.matching[at];
  if (matching === undefined) return null;
  const missing = counted?.lacks.find((lack) => lack.rule === at)?.missing;
  return (
    <p className="k-small" role="status">
      <span className="k-faint">{t('rules.matching', { count: matching })}</span>{' '}
      {missing !== undefined && <span className="k-urgent">{matching < rule.count ? t('rules.lacks', { count: missing }) : t('rules.lacksAlso', { count: missing })}</span>}
    </p>
  );
}
