import { Button, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { useFormat } from '@/components/format';
import { useProblemText } from '@/components/problem';
import { useRule, useRunRule, useSetRule } from './queries';

/** Whether needs are raised by rule: for who sorts all of them. */
export function RulePanel() {
  const { t } = useTranslation('needs');
  const { time } = useFormat();
  const problem = useProblemText();
  const rule = useRule();
  const set = useSetRule();
  const run = useRunRule();
  if (!rule.data) return null;
  const { active, ran_at, raised, version } = rule.data;
  const failed = (error: unknown) => feedback.error(problem(error));
  return (
    <section className="k-panel k-spread" aria-label={t('rule.title')} style={{ flexWrap: 'wrap' }}>
      <div style={{ flex: '1 1 260px' }}>
        <label className="k-row">
          <Switch checked={active} loading={set.isPending} onChange={(next) => set.mutate({ version, active: next }, { onError: failed })} />
          <strong>{t('rule.title')}</strong>
        </label>
        <p className="k-soft k-small">
          {t('rule.text')} {ran_at ? t('rule.ran', { time: time(ran_at), count: raised }) : t('rule.never')}
        </p>
      </div>
      <Button loading={run.isPending} onClick={() => run.mutate(undefined, { onError: failed, onSuccess: () => feedback.success(t('rule.ordered')) })}>
        {t('rule.run')}
      </Button>
    </section>
  );
}
