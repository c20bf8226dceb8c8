/** What a browser remembers about its user: language and light or dark. */
import { useSyncExternalStore } from 'react';
import { applyTheme, type Mode } from './theme';

const MODE_KEY = 'kexun.mode';
const listeners = new Set<() => void>();

function storedMode(): Mode {
  const stored = localStorage.getItem(MODE_KEY);
  if (stored === 'light' || stored === 'dark') return stored;
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

let mode: Mode = storedMode();
applyTheme(mode);

export function setMode(next: Mode): void {
  mode = next;
  localStorage.setItem(MODE_KEY, next);
  applyTheme(next);
  listeners.forEach((listener) => listener());
}

/** Light or dark, as chosen here or else by the system. */
export function useMode(): Mode {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => mode,
  );
}
