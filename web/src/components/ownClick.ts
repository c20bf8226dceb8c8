import type { MouseEvent } from 'react';

/** Buttons and links in a row do their own work. */
export function hasOwnClick({ target }: MouseEvent): boolean {
  return target instanceof Element && target.closest('a, button, input, .ant-select') !== null;
}
