import { Alert, Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LessonStanding } from '@/api/types';
import { useFormat } from '@/components/format';

interface Props {
  address: string;
  standing: LessonStanding;
  /** Hears where it stands and how much was watched in all; null: nobody counts. */
  onReport: ((position: number, watched: number) => void) | null;
}

/** So often a running video is reported, in seconds of it. */
const EVERY_S = 15;
/** More than this between two ticks is a jump, not watching. */
const JUMP_S = 3;

/** A video that goes on where one stopped, here or on another device, and after a lost connection. */
export function Video({ address, standing, onReport }: Props) {
  const { t } = useTranslation('courses');
  const { duration } = useFormat();
  const player = useRef<HTMLVideoElement>(null);
  const [start] = useState(standing);
  const count = useRef({ last: 0, watched: start.watched_s, told: start.watched_s, furthest: start.position });
  const [broken, setBroken] = useState<number | null>(null);
  const report = useRef(onReport);
  useEffect(() => {
    report.current = onReport;
  });

  const tell = () => {
    const now = count.current;
    now.told = now.watched;
    report.current?.(now.furthest, Math.floor(now.watched));
  };
  const tick = () => {
    const video = player.current;
    if (!video) return;
    const now = count.current;
    const passed = video.currentTime - now.last;
    if (passed > 0 && passed < JUMP_S) {
      now.watched += passed;
      now.furthest = Math.max(now.furthest, video.currentTime);
    }
    now.last = video.currentTime;
    if (now.watched - now.told >= EVERY_S) tell();
  };
  const seek = (seconds: number) => {
    const video = player.current;
    if (!video) return;
    // At the very end there is nothing to go on with.
    const place = video.duration - seconds < 5 ? 0 : seconds;
    video.currentTime = place;
    count.current.last = place;
  };
  useEffect(() => {
    const now = count.current;
    const hidden = () => document.visibilityState === 'hidden' && now.watched > now.told && tell();
    document.addEventListener('visibilitychange', hidden);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      if (now.watched > now.told) tell();
    };
  }, []);
  const again = () => {
    const from = broken ?? 0;
    setBroken(null);
    const video = player.current;
    if (!video) return;
    video.load();
    video.addEventListener(
      'loadedmetadata',
      () => {
        seek(from);
        void video.play().catch(() => undefined);
      },
      { once: true },
    );
  };
  return (
    <div className="k-stack-tight">
      <video
        ref={player}
        className="lesson-video"
        src={address}
        controls
        playsInline
        preload="metadata"
        onLoadedMetadata={() => broken === null && count.current.last === 0 && start.position > 5 && seek(start.position)}
        onTimeUpdate={tick}
        onSeeking={() => (count.current.last = player.current?.currentTime ?? 0)}
        onPause={tell}
        onEnded={tell}
        onError={() => setBroken(count.current.last)}
      />
      {start.position > 5 && !start.done && broken === null && <p className="k-faint k-small">{t('resumed', { time: duration(start.position) })}</p>}
      {broken !== null && (
        <Alert
          type="warning"
          showIcon
          title={t('videoBroken')}
          action={
            <Button size="small" onClick={again}>
              {t('videoAgain', { time: duration(broken) })}
            </Button>
          }
        />
      )}
    </div>
  );
}
