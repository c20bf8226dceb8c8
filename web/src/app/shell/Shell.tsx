/** The frame around every page: stages on the left, where/when/search/inbox/me on top. */
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import { Loading } from '@/components/Loading';
import { useMedia } from '@/components/useMedia';
import { lazyThemed } from '../lazyThemed';
import { Broken } from '../pages/Broken';
import { pages } from '../routes';
import { isAgentOnly, SignedIn, useMe } from '../session';
import { WIDE } from '../theme';
import { stopReached } from '../tour';
import { BottomTabs } from './BottomTabs';
import { TopBar } from './TopBar';
import { useScroll } from './useScroll';
import './shell.css';

const loadSideNav = () => import('./SideNav');
const SideNav = lazy(loadSideNav);
const MenuDrawer = lazyThemed(() => import('./MenuDrawer'));
const TourBar = lazy(() => import('@/features/people/sign-in/TourBar'));

// A desk has it on every page: asked for before it is known who sits there.
if (window.matchMedia(`(min-width: ${WIDE}px)`).matches) void loadSideNav();

export function Shell() {
  return (
    <SignedIn>
      <OfTenant />
    </SignedIn>
  );
}

/** Begins anew where the tenant changes: what a page keeps of one, such as a shop that was chosen, is not of the other. */
function OfTenant() {
  return <Frame key={useMe().tenant.slug} />;
}

function Frame() {
  const { t } = useTranslation();
  const me = useMe();
  const wide = useMedia(`(min-width: ${WIDE}px)`);
  useScroll();
  const [menuOpen, setMenuOpen] = useState(false);
  const tabs = !wide && isAgentOnly(me);
  const { pathname } = useLocation();
  const hasPeriod = pages.find((page) => page.path === pathname)?.period === true;

  return (
    <div className="shell" {...(tabs ? { 'data-tabs': '' } : {})}>
      <a className="shell-skip" href="#main">
        {t('skip')}
      </a>
      {wide && (
        <aside className="shell-side">
          <Suspense fallback={null}>
            <SideNav />
          </Suspense>
        </aside>
      )}
      <div>
        <TopBar wide={wide} hasPeriod={hasPeriod} onMenu={wide || tabs ? null : () => setMenuOpen(true)} />
        {stopReached() !== null && (
          <Suspense fallback={null}>
            <TourBar />
          </Suspense>
        )}
        <main id="main" className="shell-main" tabIndex={-1}>
          <Suspense fallback={<Loading />}>
            <Broken>
              <Outlet />
            </Broken>
          </Suspense>
        </main>
      </div>
      {tabs && <BottomTabs />}
      {menuOpen && !wide && (
        <Suspense fallback={null}>
          <MenuDrawer onClose={() => setMenuOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
