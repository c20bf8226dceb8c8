/** Of a dialog or drawer that somebody writes in: a click beside it or Esc must not throw away what was typed. Its buttons close it. */
export const keepsTyped = { mask: { closable: false }, keyboard: false };
