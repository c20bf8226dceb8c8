/** Which tenant this tab is about: the one its address names, else the one it used last. */
const KEY = 'kexun.tenant';

export function tenantOf(search: URLSearchParams): string | null {
  const named = search.get('tenant');
  if (named) sessionStorage.setItem(KEY, named);
  return named ?? sessionStorage.getItem(KEY);
}

export function forgetTenantOfTab(): void {
  sessionStorage.removeItem(KEY);
}
