import type { ReactNode } from 'react';
import './notice.css';

/** Something went wrong, in a line: Ant Design's alert in looks, without loading it. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <div className="notice" role="alert">
      {children}
    </div>
  );
}
