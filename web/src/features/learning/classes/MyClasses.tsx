import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useScopedTo } from '@/app/address';
import type { ClassItem } from '@/api/types';
import { Loading } from '@/components/Loading';
import { Trouble } from '@/components/Trouble';
import { MyPart } from './MyPart';
import { useClasses } from './queries';
import { StateTag, useWhen, Where } from './words';
import './classes.css';

/** The classes that I take part in: those to come first, then the latest of those that were. */
export default function MyClasses() {
  const { t } = useTranslation('classes');
  const list = useClasses({ mine: true, limit: 50 });
  if (list.blocked) return <Trouble error={list.blocked} onRetry={list.retry} />;
  if (list.loading) return <Loading />;
  const known = list.items.filter(({ state }) => state !== 'planned');
  const coming = known.filter(({ state }) => state === 'announced').sort((a, b) => a.starts_at.localeCompare(b.starts_at));
  const past = known.filter(({ state }) => state === 'ended');
  return (
    <section className="k-stack-tight" aria-label={t('myTitle')}>
      <h2>{t('myTitle')}</h2>
      {coming.length + past.length === 0 && <p className="k-soft">{t('myNone')}</p>}
      <ul className="k-plain-list k-stack-tight">
        {[...coming, ...past.slice(0, 10)].map((item) => (
          <MyClass key={item.id} item={item} />
        ))}
      </ul>
    </section>
  );
}

function MyClass({ item }: { item: ClassItem }) {
  const when = useWhen();
  const to = useScopedTo();
  return (
    <li className="k-panel k-stack-tight">
      <div className="k-spread">
        <Link to={to(`/classes/${item.id}`)}>
          <strong>{item.title}</strong>
        </Link>
        <StateTag state={item.state} />
      </div>
      <span className="k-soft">
        {when(item)} · <Where item={item} /> · {item.lecturer.name}
      </span>
      <MyPart item={item} plain />
    </li>
  );
}
