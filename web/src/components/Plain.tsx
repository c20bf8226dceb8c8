/**
 * Buttons, and links in the shape of one, without Ant Design: the frame, the sign-in and the home pages
 * are drawn before it is loaded.
 */
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Link, type LinkProps } from 'react-router';
import './plain.css';

interface Look {
  kind?: 'default' | 'primary' | 'text';
  size?: 'small' | 'middle' | 'large';
}

interface ButtonProps extends Look, ButtonHTMLAttributes<HTMLButtonElement> {
  icon?: ReactNode;
  /** Something is on its way: the button waits with it. */
  busy?: boolean;
}

const named = (own: string | undefined) => (own ? `plain ${own}` : 'plain');

export function PlainButton({ kind = 'default', size = 'middle', icon, busy = false, className, children, disabled, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} className={named(className)} data-kind={kind} data-size={size} data-bare={children ? undefined : ''} disabled={disabled || busy} aria-busy={busy || undefined}>
      {busy ? <span className="plain-busy" aria-hidden /> : icon}
      {children}
    </button>
  );
}

export function PlainLink({ kind = 'default', size = 'middle', className, ...rest }: Look & LinkProps) {
  return <Link {...rest} className={named(className)} data-kind={kind} data-size={size} />;
}
