import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { questionKinds, type PaperQuestion } from '@/api/types';
import { Loading } from '@/components/Loading';
import { Trouble } from '@/components/Trouble';
import { useSettled } from '@/components/useSettled';
import { useBank, useTopics } from './queries';

/** A question with what it is worth. */
export type Chosen = PaperQuestion & { points: number };

interface Props {
  chosen: Chosen[];
  onChange: (chosen: Chosen[]) => void;
}


/** Adds without the dust of floating point: points have two decimals at most. */
const sum = (chosen: Chosen[]) => chosen.reduce((all, { points }) => all + Math.round(points * 100), 0) / 100;

/** The questions of a paper, chosen by hand from the bank. */
export function FixedEditor({ chosen, onChange }: Props) {
  const { t } = useTranslation('papers');
  const { t: words } = useTranslation('questions');
  const [each, setEach] = useState(2);
  const swap = (at: number, by: number) => {
    const next = [...chosen];
    const [moved] = next.splice(at, 1);
    if (moved) next.splice(at + by, 0, moved);
    onChange(next);
  };
  return (
    <>
      <section className="k-stack-tight">
        <div className="k-spread">
          <h3>{t('fixed.chosen')}</h3>
          <span className="k-faint">{chosen.length > 0 && t('fixed.sum', { count: chosen.length, total: sum(chosen) })}</span>
        </div>
        {chosen.length === 0 && <p className="k-faint">{t('fixed.none')}</p>}
        <ol className="k-plain-list papers-list">
          {chosen.map((question, at) => (
            <li key={question.id}>
              <span className="papers-text">
                {at + 1}. {question.text}
                <span className="k-faint k-small">
                  {' '}
                  {words(`kind.${question.kind}`)}
                  {question.state === 'retired' && ` · ${t('fixed.retired')}`}
                </span>
              </span>
              <span className="papers-tools">
                <InputNumber controls={false}
                  size="small"
                  min={0.01}
                  max={1000}
                  step={1}
                  precision={2}
                  formatter={(value) => String(Number(value ?? 0))}
                  aria-label={t('form.points', { number: at + 1 })}
                  value={question.points}
                  onChange={(points) => onChange(chosen.map((one, index) => (index === at ? { ...one, points: points ?? 1 } : one)))}
                  style={{ width: 64 }}
                />
                <Button type="text" size="small" disabled={at === 0} icon={<ArrowUpOutlined aria-hidden />} aria-label={t('fixed.up', { number: at + 1 })} onClick={() => swap(at, -1)} />
                <Button type="text" size="small" disabled={at === chosen.length - 1} icon={<ArrowDownOutlined aria-hidden />} aria-label={t('fixed.down', { number: at + 1 })} onClick={() => swap(at, 1)} />
                <Button type="text" size="small" icon={<DeleteOutlined aria-hidden />} aria-label={t('fixed.drop', { number: at + 1 })} onClick={() => onChange(chosen.filter(({ id }) => id !== question.id))} />
              </span>
            </li>
          ))}
        </ol>
        <span className="k-row">
          <span className="k-soft">{t('field.questionPoints')}</span>
          <InputNumber controls={false} size="small" min={0.01} max={1000} aria-label={t('field.questionPoints')} value={each} onChange={(points) => setEach(points ?? 1)} style={{ width: 72 }} />
          <Button size="small" disabled={chosen.length === 0} onClick={() => onChange(chosen.map((one) => ({ ...one, points: each })))}>
            {t('fixed.allPoints', { count: each, points: each })}
          </Button>
        </span>
      </section>
      <Bank taken={chosen.map(({ id }) => id)} onAdd={(question) => onChange([...chosen, { ...question, points: each }])} />
    </>
  );
}

function Bank({ taken, onAdd }: { taken: string[]; onAdd: (question: PaperQuestion) => void }) {
  const { t } = useTranslation('papers');
  const { t: words } = useTranslation('questions');
  const { t: common } = useTranslation();
  const [q, setQ] = useState('');
  const [topic, setTopic] = useState<string | null>(null);
  const [kind, setKind] = useState<string | null>(null);
  const list = useBank({ q: useSettled(q.trim(), 300), topic, kind });
  const topics = useTopics().data?.items ?? [];
  const free = list.items.filter(({ id }) => !taken.includes(id));
  return (
    <section className="k-stack-tight">
      <h3>{t('fixed.bank')}</h3>
      <div className="k-row">
        <Input aria-label={words('search')} placeholder={words('search')} allowClear value={q} onChange={({ target }) => setQ(target.value)} style={{ width: 200 }} />
        <Select aria-label={words('field.topic')} placeholder={words('field.topic')} allowClear value={topic} onChange={(value?: string) => setTopic(value ?? null)} options={topics.map((one) => ({ value: one.topic, label: `${one.topic} (${one.questions})` }))} style={{ minWidth: 150 }} />
        <Select aria-label={words('field.kind')} placeholder={words('field.kind')} allowClear value={kind} onChange={(value?: string) => setKind(value ?? null)} options={questionKinds.map((value) => ({ value: value as string, label: words(`kind.${value}`) }))} style={{ minWidth: 110 }} />
      </div>
      {list.error && <Trouble error={list.error} onRetry={list.retry} />}
      {list.loading && <Loading rows={3} />}
      {!list.loading && !list.error && free.length === 0 && <p className="k-faint">{t('fixed.nothing')}</p>}
      <ul className="k-plain-list papers-list">
        {free.map((question) => (
          <li key={question.id}>
            <span className="papers-text">
              {question.text}
              <span className="k-faint k-small">
                {' '}
                {words(`kind.${question.kind}`)} · {words('difficulty', { value: question.difficulty })}
              </span>
            </span>
            <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => onAdd(question)}>
              {t('fixed.add')}
            </Button>
          </li>
        ))}
      </ul>
      {list.hasMore && (
        <Button size="small" loading={list.loadingMore} onClick={list.loadMore} style={{ alignSelf: 'start' }}>
          {common('table.more')}
        </Button>
      )}
    </section>
  );
}
