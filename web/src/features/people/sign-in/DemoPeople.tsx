import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { roles, type DemoPerson, type Role } from '@/api/types';
import { PlainButton } from '@/components/Plain';

/** People shown of each role and tenant before somebody asks for all. */
const FIRST = 2;

/** Everybody of a demonstration by role; one click signs in. */
export function DemoPeople({ people, busy, onPick }: { people: DemoPerson[]; busy: boolean; onPick: (person: DemoPerson) => void }) {
  const { t } = useTranslation('sign-in');
  const { t: common } = useTranslation();
  const [all, setAll] = useState(false);
  const tenants = [...new Set(people.map(({ tenant }) => tenant))];
  const of = (role: Role, tenant: string) => people.filter((person) => person.role === role && person.tenant === tenant);
  const hidden = people.length - roles.flatMap((role) => tenants.flatMap((tenant) => of(role, tenant).slice(0, FIRST))).length;
  return (
    <section className="sign-in-demo" aria-label={t('demo.title')}>
      <h2>{t('demo.title')}</h2>
      <p className="k-soft">{t('demo.text')}</p>
      <dl>
        {roles
          .filter((role) => people.some((person) => person.role === role))
          .map((role) => (
            <div key={role} className="sign-in-role" data-role={role}>
              <dt className="k-faint">{common(`role.${role}`)}</dt>
              <dd>
                {tenants
                  .filter((tenant) => of(role, tenant).length > 0)
                  .map((tenant) => (
                    <span key={tenant} className="sign-in-tenant">
                      {tenants.length > 1 && <span className="k-faint k-small">{tenant}</span>}
                      {of(role, tenant)
                        .slice(0, all ? undefined : FIRST)
                        .map((person) => (
                          <PlainButton key={person.login} size="small" disabled={busy} aria-label={t('demo.as', { name: person.name })} onClick={() => onPick(person)}>
                            {person.name}
                          </PlainButton>
                        ))}
                    </span>
                  ))}
              </dd>
            </div>
          ))}
      </dl>
      {hidden > 0 && !all && (
        <button type="button" className="k-link-button" onClick={() => setAll(true)}>
          {t('demo.more', { count: hidden })}
        </button>
      )}
    </section>
  );
}
