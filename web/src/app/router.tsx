/** The router: sign-in outside, everything else inside the shell, each page loaded when first seen. */
import { createBrowserRouter, type RouteObject } from 'react-router';
import { Loading } from '@/components/Loading';
import { Guard } from './pages/Guard';
import { ErrorPage } from './pages/ErrorPage';
import { NotFoundPage } from './pages/NotFoundPage';
import { pages, type PageRoute } from './routes';
import { Shell } from './shell/Shell';

function toRoute(page: PageRoute): RouteObject {
  return {
    path: page.path,
    ErrorBoundary: ErrorPage,
    HydrateFallback: Loading,
    lazy: async () => {
      const { default: Component } = await page.load();
      return { element: page.right ? (
          <Guard right={page.right}>
            <Component />
          </Guard>
        ) : (
          <Component />
        ) };
    },
  };
}

export const router = createBrowserRouter([
  {
    path: '/sign-in',
    ErrorBoundary: ErrorPage,
    HydrateFallback: Loading,
    lazy: async () => ({ Component: (await import('@/features/people/sign-in/SignInPage')).default }),
  },
  {
    Component: Shell,
    ErrorBoundary: ErrorPage,
    HydrateFallback: Loading,
    children: [...pages.map(toRoute), { path: '*', Component: NotFoundPage }],
  },
]);
