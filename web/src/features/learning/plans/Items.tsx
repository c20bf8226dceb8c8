import { Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useScopedTo } from '@/app/address';
import { useRight } from '@/app/session';
import type { PlanDetail, PlanItem } from '@/api/types';
import { useDefinitions } from '@/components/definitions';
import { useFormat } from '@/components/format';
import { ThreadOf } from '@/components/ThreadOf';
import { hoursOf, useAudience, useMoney } from './words';

/** The items of a version, each with its reason. */
export function Items({ detail }: { detail: PlanDetail }) {
  const { t } = useTranslation('plans');
  const { items } = detail.content;
  if (items.length === 0) return <p className="k-faint">{t('itemsNone')}</p>;
  return (
    <ol className="k-plain-list k-stack-tight" aria-label={t('editor.items')}>
      {items.map((item, at) => (
        <li key={item.id ?? at}>
          <Item item={item} detail={detail} people={detail.people[at] ?? 0} />
        </li>
      ))}
    </ol>
  );
}

function Item({ item, detail, people }: { item: PlanItem; detail: PlanDetail; people: number }) {
  const { t } = useTranslation('plans');
  const { t: common } = useTranslation();
  const { day } = useFormat();
  const { t: classes } = useTranslation('classes');
  const { t: courses } = useTranslation('courses');
  // An item stands in the books, and on a thread, from the day on which its plan was approved.
  const booked = item.id !== null && (detail.state === 'approved' || detail.state === 'superseded');
  const inForce = booked && detail.state === 'approved';
  const arranges = useRight('class:write') && inForce;
  const teaches = useRight('course:write') && inForce;
  const given = `new=1&plan_item=${item.id}&title=${encodeURIComponent(item.title)}`;
  const { name: figure } = useDefinitions();
  const to = useScopedTo();
  const money = useMoney();
  const audience = useAudience(detail.names);
  const answered = detail.needs.filter(({ id }) => item.needs.includes(id));
  const facts: [string, React.ReactNode][] = [
    [t('item.audience'), `${audience(item.audience)} · ${t('item.people', { count: people })}`],
    [t('item.lecturer'), item.lecturer ? (detail.names[item.lecturer] ?? '—') : '—'],
    [t('field.minutes'), t('item.hours', { count: hoursOf(item.minutes) })],
    [t('column.period'), t('item.days', { from: day(item.from), to: day(item.to) })],
    [t('item.competence'), common(`competence.${item.competence}`)],
    ...(item.figure ? ([[t('item.figure'), [figure(item.figure), item.target].filter(Boolean).join(' · ')]] as [string, string][]) : []),
    ...(item.budget > 0 ? ([[t('field.budget'), money(item.budget)]] as [string, string][]) : []),
  ];
  return (
    <article className="k-panel k-stack-tight" aria-label={item.title}>
      <div className="k-spread">
        <h2>{item.title}</h2>
        <span className="k-row-wide">
          {teaches && <Link to={to(`/courses?${given}&for=${item.competence}`)}>{courses('add')}</Link>}
          {arranges && <Link to={to(`/classes?${given}&competence=${item.competence}`)}>{classes('add')}</Link>}
        </span>
      </div>
      {item.id && booked && <ThreadOf kind="plan_item" id={item.id} />}
      {item.reason && (
        <p className="plan-text">
          <span className="k-soft">{common('labelled', { label: t('item.reason') })}</span>
          {item.reason}
        </p>
      )}
      {item.contents && <p className="plan-text">{item.contents}</p>}
      <Descriptions size="small" column={{ xs: 1, md: 2 }} items={facts.map(([label, children]) => ({ key: label, label, children }))} />
      {answered.length > 0 && (
        <p className="k-row-wide k-small">
          <span className="k-soft">{common('labelled', { label: t('item.needs') })}</span>
          {answered.map((need) => (
            <Link key={need.id} to={to(`/needs?need=${need.id}`)}>
              {need.name}
            </Link>
          ))}
        </p>
      )}
    </article>
  );
}
