/** What led to a thing and what it led to. */
export const ThreadOf = ({ kind, id }: { kind: string; id: string }) => <span hidden data-thread={`${kind}/${id}`} />;
