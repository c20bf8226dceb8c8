import { lazy, Suspense, useEffect, useState } from 'react';
import { onSummon } from './feedback';

const FeedbackShower = lazy(() => import('./FeedbackShower'));

/** The place from which messages and questions appear; empty until the first. */
export function FeedbackHost() {
  const [wanted, setWanted] = useState(false);
  useEffect(() => onSummon(() => setWanted(true)), []);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <FeedbackShower />
    </Suspense>
  );
}
