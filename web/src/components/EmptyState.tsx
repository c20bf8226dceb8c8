import type { ReactNode } from 'react';
import './empty.css';

interface Props {
  title: string;
  text?: ReactNode;
  /** A number such as 404, above the title. */
  code?: string;
  /** The button that starts it. */
  children?: ReactNode;
}

/** What will be here, and how it starts. */
export function EmptyState({ title, text, code, children }: Props) {
  return (
    <section className="empty">
      {code && <div className="empty-code">{code}</div>}
      <h2>{title}</h2>
      {text && <div className="k-soft">{text}</div>}
      {children && <div className="empty-actions">{children}</div>}
    </section>
  );
}
