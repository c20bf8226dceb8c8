/** Who is signed in, in which tenant, with which rights. */
import { createContext, useContext, useEffect, useMemo, type ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { setTenant } from '@/api/client';
import { forgetTenantOfTab, tenantOf } from '@/api/tenant';
import { useGet } from '@/api/queries';
import type { Me, MeShop, Right, Role } from '@/api/types';
import { Loading } from '@/components/Loading';
import { Trouble } from '@/components/Trouble';
import { hasChosenLanguage, showLanguage } from '@/i18n';
import { periodOf, useAddress } from './address';

/** The page of one's own account. */
const ACCOUNT = '/me';

const Session = createContext<Me | null>(null);

export function forgetTenant(): void {
  forgetTenantOfTab();
  setTenant(null);
}

/** Shows its children to somebody signed in; sends others to the sign-in page and back. */
export function SignedIn({ children }: { children: ReactNode }) {
  const slug = tenantOf(useAddress().params);
  // Before any child asks: requests carry the tenant in a header.
  setTenant(slug);
  const location = useLocation();
  const me = useGet<Me>('/me', { tenant: slug });

  const locale = me.data?.person.locale;
  useEffect(() => {
    // Not kept on the device: whoever signs in here next has his own.
    if (!hasChosenLanguage() && (locale === 'zh-CN' || locale === 'en')) void showLanguage(locale);
  }, [locale]);

  if (me.error?.code === 'not_signed_in' || me.error?.status === 401) {
    const back = location.pathname + location.search;
    return <Navigate to={`/sign-in${back === '/' ? '' : `?next=${encodeURIComponent(back)}`}`} replace />;
  }
  if (me.error && !me.data) {
    return <Trouble error={me.error} onRetry={() => void me.refetch()} full />;
  }
  if (!me.data) return <Loading full />;
  if (me.data.second_factor.needed && location.pathname !== ACCOUNT) {
    // His roles rest until he has a second factor: nothing else would answer.
    return <Navigate to={{ pathname: ACCOUNT, search: location.search }} replace />;
  }
  return <Session.Provider value={me.data}>{children}</Session.Provider>;
}

export function useMe(): Me {
  const me = useContext(Session);
  if (!me) throw new Error('useMe needs <SignedIn> above it');
  return me;
}

export function useRight(right: Right): boolean {
  return useMe().rights.includes(right);
}

/** Whether the person's only work here is that of an agent: gets the phone tabs. */
export function isAgentOnly(me: Me): boolean {
  const roles = new Set<Role>(me.roles.map((assignment) => assignment.role));
  return roles.has('agent') && [...roles].every((role) => role === 'agent' || role === 'mentor');
}

/** Whether the person has this role and no other. */
export function isOnly(me: Me, role: Role): boolean {
  return me.roles.length > 0 && me.roles.every((assignment) => assignment.role === role);
}

/** Whether the person plans for the whole organisation, not only for a shop or team. */
export function plansForAll(me: Me): boolean {
  const planners: ReadonlySet<Role> = new Set<Role>(['training_group', 'hr', 'admin', 'supervisor']);
  return me.roles.some(({ role, shop_id, team_id }) => planners.has(role) && !shop_id && !team_id);
}

/** Roles that see no figures but perhaps their own. */
const OWN_ONLY: ReadonlySet<Role> = new Set<Role>(['agent', 'mentor', 'lecturer']);

/** How far a person's figures and conversations reach. */
export interface Reach {
  /** The widest rows that may be asked for: the whole or whole shops, teams, or only the person's own. */
  widest: 'tenant' | 'team' | 'agent';
  /** The shops, with their teams, that may be chosen. */
  shops: MeShop[];
}

/** As the server decides it, so that nothing is asked for that it must refuse. */
export function reachOf(me: Me): Reach {
  const others = me.roles.filter(({ role }) => !OWN_ONLY.has(role));
  // Somebody looking in from the marketplace has no role here, and sees all.
  const all = me.roles.length === 0 || others.some(({ shop_id, team_id }) => shop_id === null && team_id === null);
  if (all) return { widest: 'tenant', shops: me.shops };
  const whole = new Set(others.filter(({ team_id }) => team_id === null).map(({ shop_id }) => shop_id));
  const teams = new Set(others.map(({ team_id }) => team_id));
  const shops = me.shops
    .map((shop) => (whole.has(shop.id) ? shop : { ...shop, teams: shop.teams.filter(({ id }) => teams.has(id)) }))
    .filter((shop) => whole.has(shop.id) || shop.teams.length > 0);
  return { widest: whole.size > 0 ? 'tenant' : others.length > 0 ? 'team' : 'agent', shops };
}

/**
 * The chosen shop and team, as far as this person may choose them, and the name of what is looked
 * at; `home` is the one shop it lies in, `whole` says that the person's reach has no bounds here.
 */
export function usePlace() {
  const me = useMe();
  const { params } = useAddress();
  return useMemo(() => {
    const { shops, widest } = reachOf(me);
    const shop = shops.find(({ id }) => id === params.get('shop'));
    const team = shop?.teams.find(({ id }) => id === params.get('team'));
    // Who answers for one shop sees that shop, chosen or not.
    const only = shops.length === 1 && me.shops.length > 1 ? shops[0] : undefined;
    const name = team && shop ? `${shop.name} · ${team.name}` : (shop?.name ?? only?.name ?? me.tenant.name);
    return { shops, shop, team, name, whole: shops.length === me.shops.length && widest === 'tenant', home: shop ?? only, widest: team && widest === 'tenant' ? ('team' as const) : widest };
  }, [me, params]);
}


/** Everywhere this person may go, by short name. */
export function tenantsOf(me: Me): Map<string, string> {
  return new Map([...me.memberships.map(({ tenant }) => tenant), me.tenant, ...me.merchants].map(({ slug, name }) => [slug, name]));
}

/** The zone that a shop's days and times are told in. */
export function useShopZone(shop: string): string {
  const me = useMe();
  return me.shops.find(({ id }) => id === shop)?.zone ?? me.tenant.zone;
}

export interface Scope {
  shop: string | null;
  team: string | null;
  from: string;
  to: string;
}

/** Where and when the page is about. */
export function useScope(): Scope {
  const me = useMe();
  const { params } = useAddress();
  const { shop, team } = usePlace();
  return useMemo(
    () => ({ shop: shop?.id ?? null, team: team?.id ?? null, ...periodOf(params, me.tenant.zone) }),
    [params, shop, team, me.tenant.zone],
  );
}
