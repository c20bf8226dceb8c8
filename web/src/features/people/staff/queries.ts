import { useMutation } from '@tanstack/react-query';
import { api, upload } from '@/api/client';
import { useGet, useList, useRefresh } from '@/api/queries';
import type { Role, StaffDetail, StaffImport, StaffItem, Uuid } from '@/api/types';

export interface StaffForm {
  account: string;
  name: string;
  login?: string | null;
  password?: string;
  shop_id: Uuid | null;
  team_id: Uuid | null;
  level?: string | null;
  position?: string | null;
  joined_on?: string | null;
  phone?: string | null;
  email?: string | null;
}

export interface NewRole {
  role: Role;
  shop_id: Uuid | null;
  team_id: Uuid | null;
}

export const useStaffList = (filter: { q: string | null; shop: string | null; team: string | null; role: string | null }) => useList<StaffItem>('/staff', { ...filter });

export const useStaff = (id: Uuid) => useGet<StaffDetail>(`/staff/${id}`);

/** Empty fields travel as null, level and position as empty texts; an empty password is none. */
function clean({ password, level, position, ...form }: StaffForm): Record<string, unknown> {
  const fields = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, value === '' || value === undefined ? null : value]));
  return { ...fields, level: level ?? '', position: position ?? '', ...(password ? { password } : {}) };
}

export function useSaveStaff(staff: StaffItem | null) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ roles, ...form }: StaffForm & { roles?: Role[] }) => {
      if (staff) return api.patch<StaffItem>(`/staff/${staff.id}`, { ...clean(form), version: staff.version });
      const assignments: NewRole[] = (roles ?? []).map((role) => ({ role, shop_id: form.shop_id ?? null, team_id: form.team_id ?? null }));
      return api.post<StaffItem>('/staff', { ...clean(form), roles: assignments });
    },
    onSuccess: () => refresh('/staff', '/accounts'),
  });
}

export function useRoles(id: Uuid) {
  const refresh = useRefresh();
  const done = { onSuccess: () => refresh('/staff') };
  const give = useMutation({ mutationFn: (role: NewRole) => api.post(`/staff/${id}/roles`, role), ...done });
  const take = useMutation({ mutationFn: (assignment: Uuid) => api.delete(`/staff/${id}/roles/${assignment}`), ...done });
  return { give, take };
}

export function useResetFactor(id: Uuid) {
  const refresh = useRefresh();
  return useMutation({ mutationFn: () => api.delete(`/staff/${id}/second-factor`), onSuccess: () => refresh('/staff') });
}

export function useStaffImport() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ file, dryRun }: { file: File; dryRun: boolean }) => upload<StaffImport>(`/staff/import${dryRun ? '?dry_run=true' : ''}`, file),
    onSuccess: (_answer, { dryRun }) => (dryRun ? undefined : refresh('/staff', '/shops', '/me', '/accounts')),
  });
}
