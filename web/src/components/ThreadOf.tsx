interface Props {
  kind: string;
  id: string;
}

/** What led to a thing and what it led to. */
export const ThreadOf: (thing: Props) => null = () => null;
