import { useEffect, useLayoutEffect, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router';

/** Where each entry of the history was left; forgotten with the tab. */
const left = new Map<string, number>();

/** A new page begins at its top, a page that one goes back to where it was left. */
export function useScroll(): void {
  const { key, pathname, hash } = useLocation();
  const type = useNavigationType();
  const shown = useRef(pathname);

  useLayoutEffect(() => {
    window.history.scrollRestoration = 'manual';
  }, []);

  useLayoutEffect(() => {
    const another = shown.current !== pathname;
    shown.current = pathname;
    if (type === 'POP') {
      const at = left.get(key);
      if (at !== undefined) window.scrollTo(0, at);
    } else if (another && !hash) {
      window.scrollTo(0, 0);
    }
  }, [key, pathname, hash, type]);

  useEffect(() => {
    const note = () => left.set(key, window.scrollY);
    window.addEventListener('scroll', note, { passive: true });
    return () => window.removeEventListener('scroll', note);
  }, [key]);
}
