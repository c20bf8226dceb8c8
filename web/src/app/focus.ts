/**
 * Gives the keyboard back when a dialog goes. Ant Design does so for dialogs that it closes itself; ours mostly
 * leave the page with the state that showed them, and the focus would fall to the top of the page.
 */

/** How far back somebody may still remember to have been. */
const REMEMBERED = 8;

interface Visit {
  element: HTMLElement;
  inDialog: boolean;
}

export function giveFocusBack(): void {
  let visits: Visit[] = [];
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    const inDialog = target.closest('[role="dialog"], .ant-drawer, .ant-modal') !== null;
    visits = [{ element: target, inDialog }, ...visits.filter(({ element }) => element !== target)].slice(0, REMEMBERED);
  });
  const onChange = () => {
    const [last] = visits;
    if (!last?.inDialog || last.element.isConnected || document.activeElement !== document.body) return;
    visits.find(({ element }) => element.isConnected)?.element.focus({ preventScroll: true });
  };
  // Dialogs are drawn at the end of the page.
  new MutationObserver(onChange).observe(document.body, { childList: true });
}
