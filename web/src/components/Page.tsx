import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './page.css';

interface Props {
  title: string;
  /** One sentence: what the page is for. */
  lead?: ReactNode;
  /** The page's one primary button, and quiet ones before it. */
  actions?: ReactNode;
  /** The thread, under the title. */
  thread?: ReactNode;
  /** Filters of the page. */
  filters?: ReactNode;
  children: ReactNode;
}

/** The frame of every page: title, purpose, thread, at most one primary action, filters, content. */
export function Page({ title, lead, actions, thread, filters, children }: Props) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('brand')}`;
  }, [title, t]);
  return (
    <div className="page">
      <header className="page-head">
        <div className="page-title">
          <h1>{title}</h1>
          {lead && <p className="k-soft">{lead}</p>}
          {thread}
        </div>
        {actions && <div className="k-row">{actions}</div>}
      </header>
      {filters && (
        <div className="page-filters" role="group" aria-label={t('filters')}>
          {filters}
        </div>
      )}
      {children}
    </div>
  );
}
