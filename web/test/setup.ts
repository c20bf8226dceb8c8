import { configure } from '@testing-library/react';

// jsdom has no layout: media queries answer "wide".
Object.defineProperty(window, 'matchMedia', {
  configurable: true,
  value: (media: string) => ({ matches: media.includes('min-width'), media, addEventListener: () => undefined, removeEventListener: () => undefined, addListener: () => undefined, removeListener: () => undefined }),
});

class NoResizes implements ResizeObserver {
  observe = () => undefined;
  unobserve = () => undefined;
  disconnect = () => undefined;
}
globalThis.ResizeObserver = NoResizes;

// A page that is loaded when it is opened may take its time on a busy machine.
configure({ asyncUtilTimeout: 20_000 });
