/** What led to a thing and what came of it. */
export function ThreadOf(_props: { kind: string; id: string }) {
  return null;
}
