import { EditOutlined, ReloadOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { useRight } from '@/app/session';
import type { DrawRule, PaperDetail } from '@/api/types';
import { Loading } from '@/components/Loading';
import { useProblemText } from '@/components/problem';
import { QuestionView } from '@/components/question/QuestionView';
import { Trouble } from '@/components/Trouble';
import { PaperForm } from './PaperForm';
import { usePaper, useRulesCount, useSavePaper, useSheet } from './queries';

/** One paper: what it is made of, and a sheet as somebody might get it. */
export function PaperDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useTranslation('papers');
  return (
    <Drawer open={id !== null} onClose={onClose} size={620} title={t('one')} mask={false} destroyOnHidden data-testid="paper-detail">
      {id && <Detail key={id} id={id} />}
    </Drawer>
  );
}

function Detail({ id }: { id: string }) {
  const found = usePaper(id);
  if (found.error && !found.data) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  return <Loaded paper={found.data} />;
}

function Loaded({ paper }: { paper: PaperDetail }) {
  const { t } = useTranslation('papers');
  const { t: common } = useTranslation();
  const mayWrite = useRight('question:write');
  const problem = useProblemText();
  const save = useSavePaper(paper);
  const [editing, setEditing] = useState(false);
  const shuffled = paper.shuffle_questions ? (paper.shuffle_options ? 'both' : 'questions') : paper.shuffle_options ? 'options' : 'none';
  const move = () =>
    save.mutate({ state: paper.state === 'active' ? 'retired' : 'active' }, { onSuccess: () => feedback.success(common('saved')), onError: (error) => feedback.error(problem(error)) });
  return (
    <div className="k-stack">
      <div>
        <h2 className="k-break">{paper.title}</h2>
        <p className="k-soft">
          {t(`kind.${paper.content.kind}`)} · {t('size', { count: paper.count, total: paper.total })} · {t(`shuffled.${shuffled}`)} · {t(`state.${paper.state}`)}
        </p>
      </div>
      {mayWrite && (
        <div className="k-row">
          <Button icon={<EditOutlined aria-hidden />} onClick={() => setEditing(true)}>
            {common('edit')}
          </Button>
          <Button loading={save.isPending} onClick={move}>
            {paper.state === 'active' ? t('retire') : t('activate')}
          </Button>
        </div>
      )}
      <Preview paper={paper} />
      {editing && <PaperForm paper={paper} onClose={() => setEditing(false)} />}
    </div>
  );
}

function Preview({ paper }: { paper: PaperDetail }) {
  const { t } = useTranslation('papers');
  const [seed, setSeed] = useState(0);
  const sheet = useSheet(paper.id, seed);
  const varies = paper.content.kind === 'drawn' || paper.shuffle_questions || paper.shuffle_options;
  return (
    <section className="k-stack-tight">
      <div className="k-spread">
        <h3>{t('preview.title')}</h3>
        {varies && (
          <Button size="small" icon={<ReloadOutlined aria-hidden />} loading={sheet.isFetching} onClick={() => setSeed(seed + 1)}>
            {t('preview.again')}
          </Button>
        )}
      </div>
      <p className="k-faint k-small">
        {varies && t('preview.drawn')} {t('preview.key')}
      </p>
      {sheet.error ? <Lacking paper={paper} error={sheet.error} onRetry={() => void sheet.refetch()} /> : !sheet.data && <Loading />}
      {!sheet.error && sheet.data && (
        <ol className="papers-sheet">
          {sheet.data.items.map((item) => (
            <li key={item.question}>
              <span className="k-faint k-small">{t('preview.points', { count: item.points, points: item.points })}</span>
              <QuestionView text={item.text} answer={item.key} order={item.order} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** A sheet that cannot be drawn: what is lacking, in the reader's language. */
function Lacking({ paper, error, onRetry }: { paper: PaperDetail; error: unknown; onRetry: () => void }) {
  return paper.content.kind === 'drawn' ? <RuleLacks rules={paper.content.rules} error={error} onRetry={onRetry} /> : <Trouble error={error} onRetry={onRetry} />;
}

function RuleLacks({ rules, error, onRetry }: { rules: DrawRule[]; error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('papers');
  const counted = useRulesCount(rules);
  if (!counted.data || counted.data.lacks.length === 0) return <Trouble error={error} onRetry={onRetry} />;
  return (
    <ul className="k-plain-list k-urgent">
      {counted.data.lacks.map(({ rule, missing }) => (
        <li key={rule}>
          {t('rules.rule', { number: rule + 1 })} · {t('rules.lacks', { count: missing })}
        </li>
      ))}
    </ul>
  );
}
