import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useScopedTo } from '@/app/address';

/** The button of an empty state: a link in the shape of a primary button. */
export function Go({ to, children }: { to: string; children: ReactNode }) {
  const scoped = useScopedTo();
  const navigate = useNavigate();
  const href = scoped(to);
  return (
    <Button
      type="primary"
      href={href}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        void navigate(href);
      }}
    >
      {children}
    </Button>
  );
}
