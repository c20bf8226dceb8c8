import { Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addDays, today, useScopedTo } from '@/app/address';
import { lazyThemed } from '@/app/lazyThemed';
import { pages } from '@/app/routes';
import { isAgentOnly, useMe, useRight, useScope } from '@/app/session';
import { useGet } from '@/api/queries';
import type { Home, HomeFigure, HomeLine, HomeWeek, Right } from '@/api/types';
import { useDefinitions } from '@/components/definitions';
import { Delta } from '@/components/Delta';
import { useEvidence } from '@/components/evidence/address';
import { FigureLink } from '@/components/FigureLink';
import { useFormat } from '@/components/format';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { PlainLink } from '@/components/Plain';
import { spoken } from '@/components/spoken';
import { Thread } from '@/components/Thread';
import { Trouble } from '@/components/Trouble';
import './home.css';

const Merchants = lazyThemed(() => import('./Merchants'));
const EvidenceDrawer = lazyThemed(async () => ({ default: (await import('@/components/evidence/EvidenceDrawer')).EvidenceDrawer }));

/** What is due, how it stands, what is new. */
export default function HomePage() {
  const { t } = useTranslation('home');
  const me = useMe();
  const mayCompare = useRight('kpi:read');
  const { evidence } = useEvidence();
  const home = useGet<Home>('/home');
  // Figures without their names would move everything below them a moment later.
  const unnamed = useDefinitions(mayCompare).loading && mayCompare;
  const week = home.data?.week ?? lastWeek(me.tenant.zone);
  const named = useNamed();
  return (
    <Page title={t('hello', { name: me.person.name })} lead={t('lead')} actions={isAgentOnly(me) && <ReportLink />}>
      {home.error && <Trouble error={home.error} onRetry={() => void home.refetch()} />}
      {(home.isPending || (home.data && unnamed)) && <Loading rows={8} />}
      {home.data && !unnamed && (
        <div className="home">
          <Now lines={nowFirst(home.data.now)} />
          {me.tenant.kind === 'marketplace' && mayCompare ? (
            <Section title={t('merchants.title')} note={t('merchants.week', named(week))}>
              <Suspense fallback={<Loading />}>
                <Merchants {...week} />
              </Suspense>
            </Section>
          ) : (
            // Who sees no figures is not told that there are none.
            mayCompare && <Stands figures={home.data.stands} week={week} begun={home.data.week !== null} />
          )}
          <New lines={home.data.new} />
        </div>
      )}
      {evidence && (
        <Suspense fallback={null}>
          <EvidenceDrawer />
        </Suspense>
      )}
    </Page>
  );
}

/** Happens at this minute: nothing else may stand before it. */
const atOnce: ReadonlySet<string> = new Set(['class_sign_in', 'class_screen']);
/** To be looked into, but nobody waits for it: behind what is due. */
const toLookAt: ReadonlySet<string> = new Set(['weak_spots', 'unanswered', 'evaluations_ready']);

const urgency = ({ kind }: HomeLine) => (atOnce.has(kind) ? 0 : toLookAt.has(kind) ? 2 : 1);

const nowFirst = (lines: HomeLine[]) => [...lines].sort((a, b) => urgency(a) - urgency(b));

/** The days that a line is about, as far as its link says. */
function daysOf(link: string | null): Record<string, string> {
  const search = new URLSearchParams(link?.split('?')[1]);
  const [from, to] = [search.get('from'), search.get('to')];
  return from && to ? { from, to } : {};
}

/** Whether the page that a line leads to is one of this person's. */
function opens(link: string, rights: readonly Right[]): boolean {
  const right = pages.find(({ path }) => path === link.split('?')[0])?.right;
  return !right || rights.includes(right);
}

/** The last seven full days: what is looked at while there is no record. */
function lastWeek(zone: string): HomeWeek {
  const to = addDays(today(zone), -1);
  return { from: addDays(to, -6), to, several: false };
}

/** The week's first and last day, to be put into words. */
function useNamed() {
  const { day } = useFormat();
  return ({ from, to }: Pick<HomeWeek, 'from' | 'to'>) => ({ from: day(from), to: day(to) });
}

function Section({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section className="home-section" aria-label={title}>
      <h2>
        {title} {note && <span className="k-faint k-small home-note">{note}</span>}
      </h2>
      {children}
    </section>
  );
}

/** The texts of a line; a kind newer than this page falls back to a general one. */
function useKind(part: 'now' | 'new') {
  const { i18n } = useTranslation('home');
  return (kind: string) => (i18n.exists(`home:${part}.kind.${kind}`, { count: 1 }) ? kind : 'other') as 'other';
}

function Now({ lines }: { lines: HomeLine[] }) {
  const { t } = useTranslation('home');
  const kind = useKind('now');
  const to = useScopedTo();
  const { rights } = useMe();
  return (
    <Section title={t('now.title')}>
      {lines.length === 0 && <p className="k-soft">{t('now.none')}</p>}
      <ul className="k-plain-list">
        {lines.map((line, at) => (
          <li key={`${line.kind}-${at}`} className="home-line">
            <span className="k-break">{t(`now.kind.${kind(line.kind)}`, spoken({ ...line.params, ...daysOf(line.link) }))}</span>
            {line.link && opens(line.link, rights) && (
              <PlainLink kind={at === 0 ? 'primary' : 'default'} to={to(line.link)}>
                {t(`now.go.${kind(line.kind)}`)}
              </PlainLink>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Stands({ figures, week, begun }: { figures: HomeFigure[]; week: HomeWeek; begun: boolean }) {
  const { t } = useTranslation('home');
  const mayDiagnose = useRight('weak_spot:read');
  const to = useScopedTo();
  const named = useNamed();
  return (
    <Section title={t('stands.title')} {...(figures.length > 0 ? { note: t('stands.week', named(week)) } : {})}>
      {figures.length === 0 ? (
        <div className="k-stack-tight">
          <p className="k-soft">{week.several ? t('stands.several') : begun ? t('stands.none', named(week)) : t('stands.notYet')}</p>
          {begun && <Link to={to('/figures')}>{week.several ? t('stands.each') : t('stands.earlier')}</Link>}
        </div>
      ) : (
        <>
          <ul className="k-plain-list home-figures">
            {figures.map((figure) => (
              <Figure key={figure.key} figure={figure} week={week} />
            ))}
          </ul>
          {mayDiagnose && <Thread reached="conversations" links={{ conversations: '/conversations' }} />}
        </>
      )}
    </Section>
  );
}

function Figure({ figure, week }: { figure: HomeFigure; week: HomeWeek }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const definitions = useDefinitions();
  const { shop, team } = useScope();
  const maySet = useRight('target:write');
  const { mayRead, open } = useEvidence();
  const definition = definitions.get(figure.key);
  const name = definitions.name(figure.key);
  const unit = definition?.unit ?? 'count';
  if (definitions.loading) return null;
  return (
    <li className="home-figure">
      <span className="k-soft">{name}</span>
      <span className="home-value">
        <FigureLink
          value={{ value: figure.value, ...(figure.n === null ? {} : { n: figure.n }), version: 1 }}
          unit={unit}
          label={name}
          onOpen={mayRead ? () => open({ ...week, shop, team, key: figure.key, miss: unit !== 'count', title: name }) : undefined}
        />
      </span>
      <span className="k-row">
        <Delta value={figure.value} previous={figure.previous} shape={{ unit, better: definition?.better ?? null }} />
        {figure.target !== null && <span className="k-faint k-small">{t('stands.target', { value: format.figure(figure.target, unit) })}</span>}
        {figure.target === null && unit !== 'count' && maySet && <span className="k-faint k-small">{t('stands.noTarget')}</span>}
      </span>
    </li>
  );
}

function New({ lines }: { lines: HomeLine[] }) {
  const { t, i18n } = useTranslation('home');
  const { t: notices } = useTranslation('notices');
  const known = useKind('new');
  const to = useScopedTo();
  const said = ({ kind, params }: HomeLine) => {
    const own = known(kind);
    // What comes as a notice too is said in the same words.
    const noticed = own !== kind && i18n.exists(`notices:kind.${kind}`, { count: 1 });
    return noticed ? notices(`kind.${kind as 'other'}`, spoken(params)) : t(`new.kind.${own}`, spoken(params));
  };
  return (
    <Section title={t('new.title')}>
      {lines.length === 0 && <p className="k-soft">{t('new.none')}</p>}
      <ul className="k-plain-list">
        {lines.map((line, at) => (
          <li key={`${line.kind}-${at}`} className="home-line">
            {line.link ? <Link to={to(line.link)}>{said(line)}</Link> : said(line)}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** On the phone an agent has no menu: from here he says what he finds difficult, and sees what became of it. */
function ReportLink() {
  const { t } = useTranslation('home');
  const to = useScopedTo();
  return (
    <Link className="home-report" to={to('/needs')}>
      {t('report')}
    </Link>
  );
}
