import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button, Input, Select, Tag, Watermark } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAddress, useScopedTo } from '@/app/address';
import { useMe } from '@/app/session';
import { downloadUrl } from '@/api/client';
import type { Archive, ArchiveEntry } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { useFormat } from '@/components/format';
import { spokenDay } from '@/components/spoken';
import { byYear, chosen, competencesOf, entryKinds, pageOf, type Wanted } from './entries';
import { Looks } from './Looks';
import './archive.css';

interface Props {
  archive: Archive;
  /** Whether it is the reader's own. */
  own: boolean;
}

/** An archive, on screen and on paper; another's under a watermark with the reader's name. */
export function Record({ archive, own }: Props) {
  const { t } = useTranslation('archive');
  const me = useMe();
  const format = useFormat();
  const { get } = useAddress();
  const wanted: Wanted = { kind: get('kind'), competence: get('competence'), from: get('since'), to: get('until') };
  const entries = chosen(archive, wanted);
  const mark = archive.watermark;
  const content = (
    <div className="k-stack archive">
      <Head archive={archive} />
      {mark && (
        <p className="archive-mark">
          {t('mark.read', { name: mark.reader, time: format.time(mark.at, me.tenant.zone) })}
          {mark.purpose && t('mark.purpose', { purpose: mark.purpose })}
          {mark.until && t('mark.until', { time: format.time(mark.until, me.tenant.zone) })}
        </p>
      )}
      <Totals archive={archive} />
      {archive.entries.length > 0 && <Tools archive={archive} wanted={wanted} />}
      <Entries archive={archive} entries={entries} own={own} />
      <History archive={archive} />
    </div>
  );
  return (
    <div className="k-stack">
      {mark ? <Watermark content={[mark.reader, format.time(mark.at, me.tenant.zone)]}>{content}</Watermark> : content}
      {own && <Looks staff={archive.staff} />}
    </div>
  );
}

function Head({ archive }: { archive: Archive }) {
  const { t } = useTranslation('archive');
  const now = archive.history.at(-1);
  const place = [now?.shop, now?.team, now?.position, now?.level].filter(Boolean).join(' · ');
  return (
    <header className="archive-head">
      <h2>{archive.name}</h2>
      <span className="k-soft">{[archive.account, place, archive.joined_on && t('joined', { day: archive.joined_on })].filter(Boolean).join(' · ')}</span>
    </header>
  );
}

function Totals({ archive }: { archive: Archive }) {
  const { t } = useTranslation('archive');
  const format = useFormat();
  const { totals } = archive;
  const facts = [
    { key: 'credits', value: format.points(totals.credits), note: null },
    { key: 'time', value: totals.minutes > 0 ? format.duration(totals.minutes * 60) : format.count(0), note: null },
    { key: 'exams', value: t('of', { part: totals.passed, all: totals.exams }), note: null },
    {
      key: 'attendance',
      value: t('of', { part: totals.attended, all: totals.classes }),
      note: totals.classes > 0 ? format.figure(totals.attended / totals.classes, 'share', totals.classes) : null,
    },
    { key: 'courses', value: format.count(totals.courses), note: null },
  ] as const;
  return (
    <dl className="archive-totals">
      {facts.map(({ key, value, note }) => (
        <div key={key}>
          <dt>{t(`total.${key}`)}</dt>
          <dd>
            {value} {note && <span className="k-faint k-small">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Tools({ archive, wanted }: { archive: Archive; wanted: Wanted }) {
  const { t } = useTranslation('archive');
  const { t: common } = useTranslation();
  const { set } = useAddress();
  const kinds = [{ value: '', label: t('allKinds') }, ...entryKinds.map((value) => ({ value: value as string, label: t(`kind.${value}`) }))];
  const competences = [{ value: '', label: t('allCompetences') }, ...competencesOf(archive).map((value) => ({ value: value as string, label: common(`competence.${value}`) }))];
  const href = downloadUrl(`/archive/${archive.staff}/export`, { kind: wanted.kind, competence: wanted.competence, from: wanted.from, to: wanted.to });
  return (
    <div className="k-row archive-tools" role="group" aria-label={common('filters')}>
      <Select aria-label={t('field.kind')} value={wanted.kind ?? ''} options={kinds} onChange={(kind) => set({ kind })} style={{ minWidth: 128 }} />
      <Select aria-label={t('field.competence')} value={wanted.competence ?? ''} options={competences} onChange={(competence) => set({ competence })} style={{ minWidth: 144 }} />
      <Input type="date" aria-label={t('since')} title={t('since')} value={wanted.from ?? ''} max={wanted.to ?? undefined} onChange={({ target }) => set({ since: target.value })} style={{ width: 144 }} />
      <span aria-hidden>–</span>
      <Input type="date" aria-label={t('until')} title={t('until')} value={wanted.to ?? ''} min={wanted.from ?? undefined} onChange={({ target }) => set({ until: target.value })} style={{ width: 144 }} />
      <span className="archive-take">
        <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
          {t('print')}
        </Button>
        <Button icon={<DownloadOutlined aria-hidden />} href={href} download="">
          {t('export')}
        </Button>
      </span>
    </div>
  );
}

function Entries({ archive, entries, own }: { archive: Archive; entries: ArchiveEntry[]; own: boolean }) {
  const { t } = useTranslation('archive');
  if (archive.entries.length === 0) return <EmptyState title={t('empty.title')} text={own ? t('empty.text') : t('empty.textOf')} />;
  if (entries.length === 0) return <EmptyState title={t('none.title')} text={t('none.text')} />;
  return (
    <>
      {byYear(entries).map(({ year, entries: of }) => (
        <section key={year} aria-label={year} className="k-stack-tight">
          <h3>{t('year', { year })}</h3>
          <ol className="archive-list">
            {of.map((entry) => (
              <Entry key={entry.id} entry={entry} linked={own} />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

function Entry({ entry, linked }: { entry: ArchiveEntry; linked: boolean }) {
  const { t, i18n } = useTranslation('archive');
  const { t: common } = useTranslation();
  const to = useScopedTo();
  const page = linked ? pageOf(entry) : null;
  const title = entry.title || t(`kind.${entry.kind}`);
  return (
    <li className="archive-entry" data-replaced={entry.replaced || undefined}>
      {/* The heading says the year. */}
      <time dateTime={entry.at}>{spokenDay(entry.day, i18n.language, Number(entry.day.slice(0, 4)))}</time>
      <span className="archive-kind">{t(`kind.${entry.kind}`)}</span>
      <span className="archive-title">
        {page ? <Link to={to(page)}>{title}</Link> : title}
        {entry.competence && <span className="k-faint k-small">{common(`competence.${entry.competence}`)}</span>}
      </span>
      <span className="archive-result">
        <Result entry={entry} />
        {entry.replaced && <span className="k-faint k-small">{t('replaced')}</span>}
      </span>
    </li>
  );
}

function Result({ entry }: { entry: ArchiveEntry }) {
  const { t } = useTranslation('archive');
  const format = useFormat();
  const came = entry.status === 'present' || entry.status === 'late';
  const facts = [
    entry.status && t(`status.${entry.status}`),
    came && entry.minutes ? format.duration(entry.minutes * 60) : null,
    entry.grade && t(`grade.${entry.grade}`),
    entry.score !== null && t('score', { score: Math.round(entry.score * 100) }),
    entry.credits ? t('credits', { count: entry.credits }) : null,
  ].filter(Boolean);
  return (
    <>
      {facts.join(' · ')}
      {entry.make_up && <Tag>{t('makeUp')}</Tag>}
    </>
  );
}

function History({ archive }: { archive: Archive }) {
  const { t } = useTranslation('archive');
  if (archive.history.length === 0) return null;
  return (
    <section className="k-stack-tight">
      <h3>{t('history')}</h3>
      <ol className="archive-list">
        {archive.history.map((step) => (
          <li key={step.from} className="archive-step">
            <span className="k-nowrap">{step.to ? t('span', { from: step.from, to: step.to }) : t('sinceDay', { from: step.from })}</span>
            <span>{[step.shop, step.team, step.position, step.level].filter(Boolean).join(' · ') || '—'}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
