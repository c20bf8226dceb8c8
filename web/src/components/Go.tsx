import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useScopedTo } from '@/app/address';

interface Props {
  to: string;
  /** Beside others it may be the lesser one. */
  type?: 'primary' | 'default';
  icon?: ReactNode;
  children: ReactNode;
}

/** A link in the shape of a button: that of an empty state, or one of a page's. */
export function Go({ to, type = 'primary', icon, children }: Props) {
  const scoped = useScopedTo();
  const navigate = useNavigate();
  const href = scoped(to);
  return (
    <Button
      type={type}
      icon={icon}
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
