import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { periodBefore, useAddress } from '@/app/address';
import { tenantsOf, useMe, usePlace, useScope } from '@/app/session';
import { blockedBy, useGet } from '@/api/queries';
import { personOf } from '@/components/names';
import type { By, Definition, FigureGroup, FigureRow, Figures, Me, Per, Target, Uuid } from '@/api/types';

export const bys = ['agent', 'team', 'shop', 'tenant'] as const satisfies readonly By[];
export const pers = ['all', 'day', 'week', 'month'] as const satisfies readonly Per[];
export const groups = ['speed', 'volume', 'customers', 'platform'] as const satisfies readonly FigureGroup[];
export const compares = ['before', 'peers', 'none'] as const;
export type Compare = (typeof compares)[number];

const oneOf = <T extends string>(all: readonly T[], text: string | null, fallback: T): T => all.find((one) => one === text) ?? fallback;

/** What rows stand for, in words: in a marketplace the tenants are its merchants. */
export function useByName(): (by: By) => string {
  const { t } = useTranslation('figures');
  const marketplace = useMe().tenant.kind === 'marketplace';
  return (by) => (by === 'tenant' && marketplace ? t('by.merchant') : t(`by.${by}`));
}

/** What the page looks at, as the address says it. */
export function useView() {
  const { get, set } = useAddress();
  const me = useMe();
  const { widest } = usePlace();
  const allowed = bys.filter((by) => bys.indexOf(by) <= bys.indexOf(widest));
  return {
    /** What rows may be made of, as far as this person sees. */
    allowed,
    /** What a row may be set against: the whole only where there is one beyond the rows. */
    comparable: compares.filter((compare) => compare !== 'peers' || (widest !== 'agent' && me.tenant.kind !== 'marketplace')),
    /** The widest of them: all that the person sees, together. */
    widest,
    by: oneOf(allowed, get('by'), me.tenant.kind === 'marketplace' ? 'tenant' : 'agent'),
    per: oneOf(pers, get('per'), 'all'),
    group: oneOf(groups, get('group'), 'speed'),
    compare: oneOf(compares, get('compare'), 'before'),
    chartKey: get('figure'),
    picked: get('rows')?.split(',') ?? null,
    set,
  };
}

export type View = ReturnType<typeof useView>;

export interface Row {
  id: Uuid | null;
  name: string | null;
  /** Short name of the tenant, where rows are tenants. */
  tenant: string | null;
  from: string;
  to: string;
  values: FigureRow['values'];
}

/** Names as a person knows them: within one shop agents go without its name, tenants come by their short names, and every shop may have a team "pre-sales". */
function nameOf(row: FigureRow, by: By, me: Me, oneShop: boolean): string | null {
  const given = row[by] ?? null;
  if (by === 'agent' && given && oneShop) return personOf(given);
  if (by === 'tenant') return tenantsOf(me).get(given ?? '') ?? given;
  if (by !== 'team' || me.shops.length < 2) return given;
  const shop = me.shops.find(({ teams }) => teams.some(({ id }) => id === row.id));
  return shop ? `${shop.name} · ${given ?? ''}` : given;
}

function toRows(figures: Figures | undefined, by: By, me: Me, oneShop: boolean): Row[] {
  return (figures?.rows ?? []).map((row) => ({ id: row.id, name: nameOf(row, by, me, oneShop), tenant: row.tenant ?? null, from: row.from, to: row.to, values: row.values }));
}

interface Asked {
  by: By;
  per: Per;
  keys: string[];
  /** The period of equal length before the one in force. */
  before?: boolean;
  enabled?: boolean;
}

/** Rows of figures in the scope and period in force. */
export function useFigures({ by, per, keys, before = false, enabled = true }: Asked) {
  const { from, to, shop, team } = useScope();
  const period = before ? periodBefore(from, to) : { from, to };
  const found = useGet<Figures>('/kpi', { ...period, by, per, keys: keys.join(','), shop, team }, { enabled: enabled && keys.length > 0 });
  const me = useMe();
  const oneShop = usePlace().home !== undefined;
  const rows = useMemo(() => toRows(found.data, by, me, oneShop).sort((a, b) => Number(a.id === null) - Number(b.id === null)), [found.data, by, me, oneShop]);
  return { rows, loading: found.isPending, error: blockedBy(found), retry: () => void found.refetch() };
}

/** The target that counts in this scope: the shop's own, else the tenant's. */
export function useTargets() {
  const shop = usePlace().home?.id ?? null;
  const found = useGet<Target[]>('/kpi/targets');
  const { data } = found;
  const targets = useMemo(() => {
    const all = data ?? [];
    const of = (key: string, where: Uuid | null) => all.find((target) => target.key === key && target.shop_id === where);
    return {
      own: (key: string) => of(key, shop),
      inForce: (key: string) => (shop ? of(key, shop) : undefined)?.target ?? of(key, null)?.target ?? null,
    };
  }, [data, shop]);
  return { ...targets, known: data !== undefined, blocked: blockedBy(found), retry: () => void found.refetch() };
}

export const inGroup = (definitions: Definition[], group: FigureGroup) => definitions.filter((definition) => definition.group === group);
