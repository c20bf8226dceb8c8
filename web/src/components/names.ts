/** Names as people say them. */

/** Accounts are often named "shop:person": beside the shop's own name the person is enough. */
export const personOf = (account: string): string => account.split(/[:：]/u).at(-1) || account;

/** A time zone in words ("中国标准时间"); a zone that the browser does not know keeps its own name. */
export function zoneName(zone: string, language: string): string {
  try {
    const parts = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts(0);
    return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
  } catch {
    return zone;
  }
}
