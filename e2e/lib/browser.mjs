/** How Chromium is started, and the windows people look through. */

/** No sound from a browser that only tests: nothing fetched, nothing synced, no first-run page. */
export const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A window on a desk. */
export const desk = { width: 1440, height: 900 };
/** A phone. */
export const phone = { width: 375, height: 780 };
