/** Clock times of a zone and instants. */

/** What clocks of a zone show at an instant, in milliseconds as if they were UTC. */
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

/** What clocks of a zone show at an instant (milliseconds), as a form takes it: `YYYY-MM-DDTHH:mm`. */
export function localOf(at: number, zone: string): string {
  return new Date(wall(Math.floor(at / 1000) * 1000, zone)).toISOString().slice(0, 16);
}

/** Day and time that clocks of a zone show at an instant. */
export function shownAt(instant: string, zone: string): { day: string; time: string } {
  const local = localOf(Date.parse(instant), zone);
  return { day: local.slice(0, 10), time: local.slice(11) };
}
