import type { ReactNode } from 'react';
import type { Right } from '@/api/types';
import { useRight } from '../session';
import { ForbiddenPage } from './ForbiddenPage';

/** Shows a page to those who may see it, and the reason to others. */
export function Guard({ right, children }: { right: Right; children: ReactNode }) {
  return useRight(right) ? children : <ForbiddenPage />;
}
