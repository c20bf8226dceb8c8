import { useMutation } from '@tanstack/react-query';
import { Form, InputNumber, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { feedback } from '@/app/feedback';
import { useMe, usePlace } from '@/app/session';
import { api } from '@/api/client';
import { useRefresh } from '@/api/queries';
import type { Definition } from '@/api/types';
import { useDefinitions } from '@/components/definitions';
import { Loading } from '@/components/Loading';
import { useProblemText } from '@/components/problem';
import { Trouble } from '@/components/Trouble';
import { useTargets } from './queries';

/** Targets of the shop in scope, else of the whole; shares are typed as per cent. */
export function TargetsDialog({ definitions, onClose }: { definitions: Definition[]; onClose: () => void }) {
  const { t } = useTranslation('figures');
  const { t: common } = useTranslation();
  const { name } = useDefinitions();
  const { home } = usePlace();
  const shop = home?.id ?? null;
  const me = useMe();
  const targets = useTargets();
  const refresh = useRefresh();
  const problem = useProblemText();
  const [form] = Form.useForm<Record<string, number | null>>();
  const judged = definitions.filter((definition) => definition.better !== null && (definition.unit === 'share' || definition.unit === 'seconds'));
  const scale = (definition: Definition) => (definition.unit === 'share' ? 100 : 1);

  const save = useMutation({
    mutationFn: async (values: Record<string, number | null>) => {
      // Only what was typed: what another person set meanwhile stays.
      for (const definition of judged.filter(({ key }) => form.isFieldTouched(key))) {
        const own = targets.own(definition.key);
        const typed = values[definition.key];
        const target = typed === null || typed === undefined ? null : typed / scale(definition);
        if (target === (own?.target ?? null)) continue;
        await api.put('/kpi/targets', { key: definition.key, shop_id: shop, target, version: own?.version ?? 0 });
      }
    },
    onSuccess: () => {
      feedback.success(common('saved'));
      onClose();
    },
    onError: (error) => feedback.error(problem(error)),
    onSettled: () => refresh('/kpi/targets', '/home', '/weak-spots'),
  });
  const suffix = (definition: Definition) => (definition.unit === 'share' ? '%' : definition.unit === 'seconds' ? t('targets.seconds') : '');
  const start = (definition: Definition) => {
    const target = targets.own(definition.key)?.target ?? null;
    return target === null ? null : Number((target * scale(definition)).toFixed(2));
  };
  const where = home?.name ?? me.tenant.name;
  return (
    <Modal open title={t('targets.title', { where })} okText={common('save')} cancelText={common('cancel')} confirmLoading={save.isPending} okButtonProps={{ disabled: !targets.known }} onCancel={onClose} onOk={() => form.submit()}>
      <p className="k-soft">{shop ? t('targets.textShop') : t('targets.text')}</p>
      {targets.blocked && <Trouble error={targets.blocked} onRetry={targets.retry} />}
      {!targets.known && !targets.blocked && <Loading rows={6} />}
      {targets.known && (
        <Form form={form} layout="vertical" onFinish={(values) => save.mutate(values)} initialValues={Object.fromEntries(judged.map((definition) => [definition.key, start(definition)]))}>
          {judged.map((definition) => (
            <Form.Item key={definition.key} name={definition.key} label={name(definition.key)} extra={definition.better === 'down' ? t('targets.atMost') : t('targets.atLeast')}>
              <InputNumber controls={false} min={0} {...(definition.unit === 'share' ? { max: 100 } : {})} suffix={suffix(definition)} style={{ width: 160 }} />
            </Form.Item>
          ))}
        </Form>
      )}
    </Modal>
  );
}
