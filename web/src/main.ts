/** The first script, kept small: it asks for texts and answers while what shows them is still on its way. */
import '@/app/nonce';
import { askEarly } from '@/api/early';
import { loadTexts, startLanguage } from '@/i18n/files';

askEarly(window.location);
for (const part of ['common', 'errors', ...(window.location.pathname === '/' ? ['home', 'notices'] : [])]) {
  // Whoever shows them loads them too, and says what failed.
  loadTexts(startLanguage(), part).catch(() => undefined);
}
void import('@/app/start');
