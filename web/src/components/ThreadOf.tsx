import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useGet } from '@/api/queries';
import type { ThreadKind, ThreadOfThing, ThreadStage, ThreadThing } from '@/api/types';
import { useScopedTo } from '@/app/address';
import { Pop } from './Pop';
import { ThreadLine, threadSteps, type ThreadStep } from './Thread';

const stepOf: Record<ThreadStage['stage'], ThreadStep> = {
  conversations: 'conversations',
  weak_spot: 'weakSpot',
  need: 'need',
  plan_item: 'planItem',
  class: 'class',
  exam: 'exam',
  effect: 'effect',
};

/** Where things of a kind stand; a task stands beside the chain. */
const stepOfKind: Record<ThreadKind, ThreadStep | undefined> = {
  need: 'need',
  task: undefined,
  plan: 'planItem',
  plan_item: 'planItem',
  course: 'class',
  class: 'class',
  exam: 'exam',
  evaluation: 'effect',
};

interface Props {
  kind: ThreadKind;
  id: string;
}

/** What led to a thing and what came of it, under the title of its page. */
export function ThreadOf({ kind, id }: Props) {
  const { t } = useTranslation();
  const { data, isPending } = useGet<ThreadOfThing>(`/thread/${kind}/${id}`);
  const own = stepOfKind[kind];
  const stages = new Map(data?.stages.map((stage) => [stepOf[stage.stage], stage]));
  const at = own ? threadSteps.indexOf(own) : -1;
  const steps = threadSteps.map((step, position) => {
    const stage = stages.get(step);
    const here = step === own;
    // The page itself is proof that its own stage has been reached, whatever the answer.
    const done = here || (stage?.count ?? 0) > 0;
    const content = <Stage step={step} stage={stage} self={id} />;
    return { step, done, here, content, hollow: position < at ? t('thread.none') : t('thread.toCome') };
  });
  // Nothing jumps while it is on its way: the line keeps its place.
  return <div aria-busy={isPending || undefined}><ThreadLine steps={steps} wrap /></div>;
}

function Stage({ step, stage, self }: { step: ThreadStep; stage: ThreadStage | undefined; self: string }) {
  const { t } = useTranslation();
  const name = t(`thread.${step}`);
  const things = (stage?.things ?? []).filter(({ link }) => link !== null);
  const others = things.filter(({ id, kind }) => id !== self || kind === 'weak_spot' || kind === 'conversations');
  const count = stage?.count ?? 0;
  const named = stage?.things.length ?? 0;
  const rest = count - named;
  if (others.length === 0) {
    const label = count > 1 ? t('thread.several', { name, count }) : name;
    if (rest <= 0) return <>{label}</>;
    return <span title={named === 0 ? t('thread.unseen', { count }) : t('thread.rest', { count: rest })}>{label}</span>;
  }
  const [only] = things;
  if (things.length === 1 && rest <= 0 && only) return <ThingLink thing={only} text={name} />;
  return (
    <Pop label={t('thread.several', { name, count })} icon={null} testId={`thread-${step}`} quiet content={(close) => <List things={things} rest={rest} self={self} name={name} onGo={close} />}>
      {t('thread.several', { name, count })}
    </Pop>
  );
}

function List({ things, rest, self, name, onGo }: { things: ThreadThing[]; rest: number; self: string; name: string; onGo: () => void }) {
  const { t } = useTranslation();
  return (
    <ul className="thread-list">
      {things.map((thing, at) => (
        <li key={`${thing.id}${thing.link ?? at}`} aria-current={thing.id === self || undefined} onClick={onGo}>
          <ThingLink thing={thing} text={thing.title ?? name} />
        </li>
      ))}
      {rest > 0 && <li className="k-soft">{t('thread.rest', { count: rest })}</li>}
    </ul>
  );
}

function ThingLink({ thing, text }: { thing: ThreadThing; text: string }) {
  const to = useScopedTo();
  return <Link to={to(thing.link ?? '/')} title={thing.title ?? undefined}>{text}</Link>;
}
