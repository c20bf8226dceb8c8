import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startTexts } from '@/i18n';
import { giveFocusBack } from './focus';
import { Providers } from './providers';
import { Router } from './router';
import './base.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

giveFocusBack();
await startTexts();
createRoot(root).render(
  <StrictMode>
    <Providers>
      <Router />
    </Providers>
  </StrictMode>,
);
