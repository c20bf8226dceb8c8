/** The frame around every page: stages on the left, where/when/search/inbox/me on top. */
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, ScrollRestoration, useMatches } from 'react-router';
import { Loading } from '@/components/Loading';
import { useMedia } from '@/components/useMedia';
import { pages } from '../routes';
import { isAgentOnly, SignedIn, useMe } from '../session';
import { WIDE } from '../theme';
import { BottomTabs } from './BottomTabs';
import { SideNav } from './SideNav';
import { TopBar } from './TopBar';
import './shell.css';

const MenuDrawer = lazy(() => import('./MenuDrawer'));

export function Shell() {
  return (
    <SignedIn>
      <Frame />
    </SignedIn>
  );
}

function Frame() {
  const { t } = useTranslation();
  const me = useMe();
  const wide = useMedia(`(min-width: ${WIDE}px)`);
  const [menuOpen, setMenuOpen] = useState(false);
  const tabs = !wide && isAgentOnly(me);
  const path = useMatches().at(-1)?.pathname;
  const hasPeriod = pages.find((page) => page.path === path)?.period === true;

  return (
    <div className="shell" {...(tabs ? { 'data-tabs': '' } : {})}>
      <a className="shell-skip" href="#main">
        {t('skip')}
      </a>
      {wide && (
        <aside className="shell-side">
          <SideNav />
        </aside>
      )}
      <div>
        <TopBar wide={wide} hasPeriod={hasPeriod} onMenu={wide || tabs ? null : () => setMenuOpen(true)} />
        <main id="main" className="shell-main" tabIndex={-1}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      {tabs && <BottomTabs />}
      {menuOpen && !wide && (
        <Suspense fallback={null}>
          <MenuDrawer onClose={() => setMenuOpen(false)} />
        </Suspense>
      )}
      <ScrollRestoration />
    </div>
  );
}
