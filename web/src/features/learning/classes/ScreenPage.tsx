import { FullscreenOutlined } from '@ant-design/icons';
import { Button, QRCode } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useScopedTo } from '@/app/address';
import { useMe } from '@/app/session';
import { shownAt } from '@/app/zones';
import type { ClassCode, ClassDetail } from '@/api/types';
import { Loading } from '@/components/Loading';
import { Trouble } from '@/components/Trouble';
import { useClass, useCode } from './queries';
import { useNow } from './useNow';
import { useWhen, Where } from './words';
import './classes.css';

/** Seconds for which a code holds. */
const STEP = 15;

/** The screen in the room: title, code and QR code large enough for the last row, and how many came. */
export default function ScreenPage() {
  const { id = '' } = useParams();
  const found = useClass(id);
  const code = useCode(id);
  const error = code.error ?? found.error;
  if (error && (!code.data || !found.data)) return <Trouble error={error} onRetry={() => void code.refetch()} />;
  if (!code.data || !found.data) return <Loading rows={6} />;
  return <Screen item={found.data} code={code.data} askedAt={code.dataUpdatedAt} error={code.error} onRetry={() => void code.refetch()} />;
}

interface Props {
  item: ClassDetail;
  code: ClassCode;
  /** When the code came, in milliseconds. */
  askedAt: number;
  /** Why no newer one came. */
  error: Error | null;
  onRetry: () => void;
}

function Screen({ item, code, askedAt, error, onRetry }: Props) {
  const { t } = useTranslation('classes');
  const { tenant } = useMe();
  const to = useScopedTo();
  const when = useWhen();
  const box = useRef<HTMLDivElement>(null);
  const left = useLeft(code, askedAt);
  const address = `${window.location.origin}/classes/${item.id}/sign-in?code=${code.code ?? ''}&tenant=${encodeURIComponent(tenant.slug)}`;
  const early = Date.parse(code.now) < Date.parse(code.opens_at);
  return (
    <div className="screen" ref={box}>
      <header className="screen-head">
        <div>
          <h1>{item.title}</h1>
          <p className="k-soft">
            {when(item)} · <Where item={item} /> · {item.lecturer.name}
          </p>
        </div>
        <span className="k-row screen-tools">
          <Button icon={<FullscreenOutlined aria-hidden />} onClick={() => void box.current?.requestFullscreen()}>
            {t('screen.full')}
          </Button>
          <Link to={to(`/classes/${item.id}`)}>{t('screen.back')}</Link>
        </span>
      </header>
      {error && left === 0 ? (
        // A code that holds no longer would send everybody away.
        <Trouble error={error} onRetry={onRetry} />
      ) : code.code ? (
        <div className="screen-body">
          <div className="screen-qr">
            <QRCode aria-label={t('screen.qr')} value={address} size={320} bordered={false} color="#000" bgColor="#fff" errorLevel="M" />
          </div>
          <div className="screen-code">
            <p>{t('screen.scan')}</p>
            <strong className="screen-digits" aria-live="off" data-testid="class-code">
              {code.code.slice(0, 3)} {code.code.slice(3)}
            </strong>
            <div className="screen-bar" role="timer" aria-label={t('screen.left', { count: left })}>
              <span style={{ width: `${(left / STEP) * 100}%` }} />
            </div>
            <p className="k-faint">{t('screen.left', { count: left })}</p>
          </div>
        </div>
      ) : (
        <p className="screen-wait">{early ? t('screen.early', { time: shownAt(code.opens_at, item.zone).time }) : t('screen.over')}</p>
      )}
      <footer className="screen-foot">
        <strong>{t('screen.came', { came: code.came, count: code.expected })}</strong>
        {code.expected > code.came && code.code && <span className="k-soft"> · {t('screen.missing', { count: code.expected - code.came })}</span>}
      </footer>
    </div>
  );
}

/** Seconds until the code changes, by the server's clock. */
function useLeft(code: ClassCode, askedAt: number): number {
  const now = useNow(250);
  const whole = Date.parse(code.changes_at) - Date.parse(code.now);
  return Math.max(0, Math.ceil((whole - Math.max(0, now - askedAt)) / 1000));
}
