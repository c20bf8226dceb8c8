/** What led to a thing and what it led to. */
export const ThreadOf = (_: { kind: string; id: string }) => null;
