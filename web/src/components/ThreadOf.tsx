import type { ReactNode } from 'react';

/** The chain of one object, as its events tell it. */
export const ThreadOf: (props: { kind: string; id: string }) => ReactNode = () => null;
