import { Suspense, useEffect, useState } from 'react';
import { onSummon } from './feedback';
import { lazyThemed } from './lazyThemed';

const FeedbackShower = lazyThemed(() => import('./FeedbackShower'));

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
