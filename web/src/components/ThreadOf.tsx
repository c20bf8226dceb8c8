/** What led to a thing and what came of it. */
export const ThreadOf: (props: { kind: string; id: string }) => null = () => null;
