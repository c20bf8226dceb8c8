import { describe, expect, it } from 'vitest';
import type { Me, Role } from '@/api/types';
import { plansForAll, reachOf } from './session';

const shops = ['a', 'b'].map((id) => ({ id, code: id, name: id, zone: 'UTC', teams: [`${id}1`, `${id}2`].map((team) => ({ id: team, name: team })) }));
const grant = (role: Role, shop_id: string | null = null, team_id: string | null = null) => ({ role, shop_id, team_id });
const reach = (...roles: Me['roles']) => {
  const found = reachOf({ roles, shops } as unknown as Me);
  return [found.widest, ...found.shops.flatMap(({ id, teams }) => [id, ...teams.map((team) => team.id)])];
};

describe('how far a person sees', () => {
  it('is everything for a role over the whole, and for who looks in from the marketplace', () => {
    const all = ['tenant', 'a', 'a1', 'a2', 'b', 'b1', 'b2'];
    expect(reach(grant('director'))).toEqual(all);
    expect(reach()).toEqual(all);
    expect(reach(grant('agent', 'a'), grant('hr'))).toEqual(all);
  });

  it('ends at the own shops and teams', () => {
    expect(reach(grant('supervisor', 'a'))).toEqual(['tenant', 'a', 'a1', 'a2']);
    expect(reach(grant('supervisor', 'b', 'b2'))).toEqual(['team', 'b', 'b2']);
    expect(reach(grant('supervisor', 'a'), grant('supervisor', 'b', 'b1'))).toEqual(['tenant', 'a', 'a1', 'a2', 'b', 'b1']);
  });

  it('is an agent himself, wherever he works', () => {
    expect(reach(grant('agent', 'a', 'a1'))).toEqual(['agent']);
    expect(reach(grant('agent'), grant('mentor'))).toEqual(['agent']);
  });
});

describe('who plans for the whole', () => {
  const plans = (...roles: Me['roles']) => plansForAll({ roles } as unknown as Me);

  it('is whoever makes plans and is bound to no shop or team', () => {
    expect(plans(grant('supervisor'))).toBe(true);
    expect(plans(grant('hr'))).toBe(true);
    expect(plans(grant('supervisor', 'a'), grant('supervisor', 'b', 'b1'))).toBe(false);
    expect(plans(grant('director'))).toBe(false);
  });
});
