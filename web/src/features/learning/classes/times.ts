/** Clock times of a zone and instants. */

/** Minutes that clocks of a zone are ahead of UTC at an instant. */
function ahead(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return Math.round((shown - at) / 60_000);
}

/** The instant at which clocks of a zone show this day and time (`2026-07-01`, `10:00`). */
export function instantOf(day: string, time: string, zone: string): string {
  const shown = Date.parse(`${day}T${time}:00Z`);
  // Where clocks change between the guess and the answer, the second look is right.
  const first = shown - ahead(shown, zone) * 60_000;
  return new Date(shown - ahead(first, zone) * 60_000).toISOString();
}

/** Day and time that clocks of a zone show at an instant. */
export function shownAt(instant: string, zone: string): { day: string; time: string } {
  const at = Date.parse(instant);
  const text = new Date(at + ahead(at, zone) * 60_000).toISOString();
  return { day: text.slice(0, 10), time: text.slice(11, 16) };
}

/** Beginning and end of a class from a form; an end that is not after the beginning is on the next day. */
export function slotOf(day: string, from: string, to: string, zone: string): { starts_at: string; ends_at: string } {
  const starts_at = instantOf(day, from, zone);
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return { starts_at, ends_at: instantOf(to > from ? day : next, to, zone) };
}

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

/** Whole minutes from one instant to another, rounded down. */
export const minutesBetween = (from: string, to: string): number => Math.floor((Date.parse(to) - Date.parse(from)) / 60_000);
