/** How far this tab has come on the demonstration's tour; outlives the change of persons. */
const KEY = 'kexun.tour';

/** The stop that this tab is at, or null. */
export function stopReached(): number | null {
  const at = sessionStorage.getItem(KEY);
  return at === null ? null : Number(at);
}

export function setStop(at: number | null): void {
  if (at === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, String(at));
}
