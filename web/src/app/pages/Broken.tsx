import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { EmptyState } from '@/components/EmptyState';
import { PlainButton } from '@/components/Plain';

/** The page itself broke: say so, and offer the way that usually helps. */
function ErrorPage({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <EmptyState title={t('broken.title')} text={t('broken.text')}>
      <PlainButton kind="primary" onClick={() => window.location.reload()}>
        {t('reload')}
      </PlainButton>
      {error instanceof Error && <p className="k-faint">{error.message}</p>}
    </EmptyState>
  );
}

interface BoundaryProps {
  /** Another page deserves another try. */
  page: string;
  children: ReactNode;
}

class Boundary extends Component<BoundaryProps, { error: unknown; page: string }> {
  override state = { error: null as unknown, page: this.props.page };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  static getDerivedStateFromProps({ page }: BoundaryProps, state: { page: string }) {
    return page === state.page ? null : { page, error: null };
  }

  override render() {
    return this.state.error ? <ErrorPage error={this.state.error} /> : this.props.children;
  }
}

/** Shows what is in it, and the reason instead when that breaks. */
export function Broken({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  return <Boundary page={pathname}>{children}</Boundary>;
}
