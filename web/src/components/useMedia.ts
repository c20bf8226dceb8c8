import { useSyncExternalStore } from 'react';

/** Whether a media query holds, following changes. */
export function useMedia(media: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = window.matchMedia(media);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => window.matchMedia(media).matches,
  );
}
