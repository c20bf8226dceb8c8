/** The router: sign-in outside, everything else inside the shell, each page loaded when first seen. */
import { lazy, Suspense } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { Loading } from '@/components/Loading';
import { lazyThemed } from './lazyThemed';
import { Broken } from './pages/Broken';
import { Guard } from './pages/Guard';
import { NotFoundPage } from './pages/NotFoundPage';
import { pages, type PageRoute } from './routes';
import { Shell } from './shell/Shell';

const SignInPage = lazy(() => import('@/features/people/sign-in/SignInPage'));

function element(page: PageRoute) {
  const Page = page.plain ? lazy(page.load) : lazyThemed(page.load);
  return page.right ? (
    <Guard right={page.right}>
      <Page />
    </Guard>
  ) : (
    <Page />
  );
}

const elements = pages.map((page) => <Route key={page.path} path={page.path} element={element(page)} />);

/**
 * Routes as elements rather than as data: no page loads or sends anything through the router, and the router that
 * could costs the first page 20 kB more.
 */
export function Router() {
  return (
    <BrowserRouter>
      <Broken>
        <Suspense fallback={<Loading full />}>
          <Routes>
            <Route path="/sign-in" element={<SignInPage />} />
            <Route element={<Shell />}>
              {elements}
              <Route path="*" element={<NotFoundPage />} />
            </Route>
          </Routes>
        </Suspense>
      </Broken>
    </BrowserRouter>
  );
}
