import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { Providers } from '@/app/providers';
import { router } from '@/app/router';
import { startTexts } from '@/i18n';
import './app/base.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

await startTexts();
createRoot(root).render(
  <StrictMode>
    <Suspense fallback={null}>
      <Providers>
        <RouterProvider router={router} />
      </Providers>
    </Suspense>
  </StrictMode>,
);
