import { useTranslation } from 'react-i18next';
import type { Right } from '@/api/types';

type Key<R> = R extends `${infer Area}:${infer Deed}` ? `${Area}_${Deed}` : never;

/** Names of rights; their `:` would be read as the end of a namespace, so keys have `_`. */
export function useRightName(): (right: Right) => string {
  const { t } = useTranslation();
  return (right) => t(`right.${right.replace(':', '_') as Key<Right>}`);
}
