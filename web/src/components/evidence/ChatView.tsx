import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Piece, Turn } from '@/api/types';
import { useFormat } from '../format';
import { personOf } from '../names';
import './chat.css';

interface Props {
  turns: Turn[];
  /** Texts in clear by index of turn, once unmasked. */
  plain?: Map<number, string> | null;
  /** Zone of the times. */
  zone: string;
}

/** A wait from here on is told between the bubbles (seconds). */
const NOTABLE = 30;
/** A wait from here on stands out: the three minutes that platforms look at. */
const LONG = 180;

/** A conversation as a chat one can read: who, when, which round, how long somebody waited. */
export function ChatView({ turns, plain = null, zone }: Props) {
  const { t } = useTranslation();
  const { opens, unanswered } = useMemo(() => rounds(turns), [turns]);
  return (
    // Whoever has no mouse scrolls it from here.
    <ol className="chat k-plain-list" aria-label={t('chat.label')} tabIndex={0}>
      {turns.map((turn, at) => (
        <Item key={turn.index} turn={turn} opens={opens.has(at)} unanswered={unanswered.has(at)} text={plain?.get(turn.index)} zone={zone} />
      ))}
    </ol>
  );
}

/** Places of the turns that open a round, and of the last ones of rounds that nobody answered. */
export function rounds(turns: Turn[]): { opens: Set<number>; unanswered: Set<number> } {
  const first = new Map<number, number>();
  const lastOpen = new Map<number, number>();
  turns.forEach(({ round, unanswered }, at) => {
    if (round === null) return;
    if (!first.has(round)) first.set(round, at);
    if (unanswered) lastOpen.set(round, at);
  });
  return { opens: new Set(first.values()), unanswered: new Set(lastOpen.values()) };
}

interface ItemProps {
  turn: Turn;
  opens: boolean;
  unanswered: boolean;
  text: string | undefined;
  zone: string;
}

function Item({ turn, opens, unanswered, text, zone }: ItemProps) {
  const { t } = useTranslation();
  const { clock, duration } = useFormat();
  return (
    <>
      {opens && <li className="chat-round">{t('chat.round', { count: turn.round ?? 0 })}</li>}
      {turn.wait_s !== null && turn.wait_s >= NOTABLE && (
        <li className="chat-wait" data-long={turn.wait_s > LONG || undefined}>
          {t('chat.waited', { time: duration(turn.wait_s) })}
        </li>
      )}
      <li className="chat-turn" data-sender={turn.sender}>
        <div className="chat-who k-small k-faint">
          {(turn.sender === 'agent' && turn.agent && personOf(turn.agent.name)) || t(`chat.sender.${turn.sender}`)} <time dateTime={turn.at}>{clock(turn.at, zone)}</time>
        </div>
        <div className="chat-bubble">{text ?? <Masked text={turn.text} pieces={turn.pieces} />}</div>
        {unanswered && <div className="chat-open k-small">{t('chat.unanswered')}</div>}
      </li>
    </>
  );
}

/** Splits a text at the shown forms of its masked pieces, in their order. */
export function splitPieces(text: string, pieces: Piece[]): (string | Piece)[] {
  const parts: (string | Piece)[] = [];
  let rest = text;
  for (const piece of pieces) {
    const at = piece.shown ? rest.indexOf(piece.shown) : -1;
    if (at < 0) continue;
    if (at > 0) parts.push(rest.slice(0, at));
    parts.push(piece);
    rest = rest.slice(at + piece.shown.length);
  }
  if (rest) parts.push(rest);
  return parts;
}

function Masked({ text, pieces }: { text: string; pieces: Piece[] }) {
  const { t, i18n } = useTranslation();
  return splitPieces(text, pieces).map((part, at) => {
    if (typeof part === 'string') return part;
    const known = i18n.exists(`common:chat.piece.${part.kind}`);
    const name = known ? t(`chat.piece.${part.kind}` as 'chat.piece.mobile') : t('chat.piece.other');
    return (
      <span key={at} className="chat-chip" title={t('chat.maskedPiece', { kind: name })}>
        {name}
      </span>
    );
  });
}
