/** Times of classes. */
import { instantOf } from '@/app/zones';

/** Beginning and end of a class from a form; an end that is not after the beginning is on the next day. */
export function slotOf(day: string, from: string, to: string, zone: string): { starts_at: string; ends_at: string } {
  const starts_at = instantOf(`${day}T${from}`, zone);
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return { starts_at, ends_at: instantOf(`${to > from ? day : next}T${to}`, zone) };
}

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

/** Whole minutes from one instant to another, rounded down. */
export const minutesBetween = (from: string, to: string): number => Math.floor((Date.parse(to) - Date.parse(from)) / 60_000);
