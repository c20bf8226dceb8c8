/** Times as a form has them, in the zone of the organisation. */

function wall(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((candidate) => candidate.type === type)?.value ?? '00';
  return Date.parse(`${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}Z`);
}

/** The instant at which clocks of a zone show `YYYY-MM-DDTHH:mm`. */
export function instantOf(local: string, zone: string): string {
  const shown = Date.parse(`${local.slice(0, 16)}:00Z`);
  // Twice, because the first guess may lie on the other side of a change of clocks.
  const guess = shown - (wall(shown, zone) - shown);
  return new Date(shown - (wall(guess, zone) - guess)).toISOString();
}

/** What clocks of a zone show at an instant, as a form takes it. */
export function localOf(at: number, zone: string): string {
  return new Date(wall(Math.floor(at / 1000) * 1000, zone)).toISOString().slice(0, 16);
}

/** Seconds as a clock that runs down: 1:02:03, 29:59. */
export function countdown(seconds: number): string {
  const left = Math.max(0, Math.ceil(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const [h, m, s] = [Math.floor(left / 3600), Math.floor((left % 3600) / 60), left % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
