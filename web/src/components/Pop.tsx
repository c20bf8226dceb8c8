import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { PlainButton } from './Plain';
import './pop.css';

interface Props {
  /** Accessible name of the button. */
  label: string;
  icon: ReactNode;
  /** What the button shows beside the icon. */
  children?: ReactNode;
  /** The panel; `close` shuts it. */
  content: (close: () => void) => ReactNode;
  align?: 'start' | 'end';
  quiet?: boolean;
  testId: string;
}

/**
 * A button with a small panel under it. Ant Design's popover would cost the first load 40 kB
 * for three of these.
 */
export function Pop({ label, icon, children, content, align = 'start', quiet = false, testId }: Props) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return undefined;
    const onPress = ({ target }: PointerEvent) => {
      if (!(target instanceof Element)) return;
      // Lists that open from the panel are drawn at the end of the page.
      if (box.current?.contains(target) || target.closest('.ant-select-dropdown')) return;
      setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      box.current?.querySelector('button')?.focus();
    };
    document.addEventListener('pointerdown', onPress);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', onPress);
      document.removeEventListener('keydown', onKey);
    };
  }, [open]);
  return (
    <div className="pop" ref={box}>
      <PlainButton
        className="pop-button"
        kind={quiet ? 'text' : 'default'}
        icon={icon}
        aria-label={label}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        data-testid={testId}
        onClick={() => setOpen(!open)}
      >
        {children}
      </PlainButton>
      {open && (
        <div id={id} className="pop-panel" data-align={align}>
          {content(() => setOpen(false))}
        </div>
      )}
    </div>
  );
}
