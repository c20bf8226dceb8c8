import { useMutation } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { useMe } from '@/app/session';
import { api } from '@/api/client';
import { useGet, useRefresh } from '@/api/queries';
import { roles, type Role, type SecondFactorPolicy } from '@/api/types';
import { useProblemText } from '@/components/problem';

const POLICY = '/second-factor/policy';

/** Which roles must have a second factor; for whoever may change the organisation. */
export function FactorPolicy() {
  const found = useGet<SecondFactorPolicy>(POLICY);
  return found.data ? <PolicyForm key={found.data.roles.join()} asked={found.data.roles} /> : null;
}

function PolicyForm({ asked }: { asked: Role[] }) {
  const { t } = useTranslation('shops');
  const { t: common } = useTranslation();
  const me = useMe();
  const problem = useProblemText();
  const refresh = useRefresh();
  const [chosen, setChosen] = useState(asked);
  const save = useMutation({
    mutationFn: () => api.put(POLICY, { roles: chosen }),
    onSuccess: async () => {
      feedback.success(common('saved'));
      await refresh(POLICY, '/me');
    },
    onError: (error) => feedback.error(problem(error)),
  });
  const concernsMe = !me.second_factor.on && me.roles.some(({ role }) => chosen.includes(role));
  const ask = () =>
    feedback.confirm({
      title: t('factor.confirm'),
      content: `${t('factor.confirmText')} ${concernsMe ? t('factor.you') : ''}`,
      okText: t('factor.save'),
      cancelText: common('cancel'),
      onOk: () => save.mutateAsync().catch(() => undefined),
    });
  const same = chosen.length === asked.length && chosen.every((role) => asked.includes(role));
  const relaxes = chosen.every((role) => asked.includes(role));
  return (
    <section className="k-panel k-stack-tight shops-factor">
      <h2>{t('factor.title')}</h2>
      <p className="k-soft">{t('factor.text')}</p>
      <div className="k-row">
        <Select<Role[]>
          mode="multiple"
          className="shops-factor-roles"
          aria-label={t('factor.roles')}
          placeholder={t('factor.none')}
          value={chosen}
          onChange={setChosen}
          options={roles.map((value) => ({ value, label: common(`role.${value}`) }))}
        />
        <Button disabled={same} loading={save.isPending} onClick={relaxes ? () => save.mutate() : ask}>
          {t('factor.save')}
        </Button>
      </div>
    </section>
  );
}
