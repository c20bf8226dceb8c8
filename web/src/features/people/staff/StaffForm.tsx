import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useScopedTo } from '@/app/address';
import { feedback } from '@/app/feedback';
import { useMe } from '@/app/session';
import { roles, type Role, type StaffItem } from '@/api/types';
import { keepsTyped } from '@/components/keepsTyped';
import { fieldErrors, passwordErrors, useProblemText } from '@/components/problem';
import { useSaveStaff, type StaffForm as Values } from './queries';
import './staff.css';

interface Props {
  /** Whom to change; null adds somebody. */
  staff: StaffItem | null;
  onClose: () => void;
  onSaved?: (id: string) => void;
}

/** Adds or changes a member of staff. */
export function StaffForm({ staff, onClose, onSaved }: Props) {
  const { t } = useTranslation('staff');
  const { t: common } = useTranslation();
  const problem = useProblemText();
  const [form] = Form.useForm<Values & { roles?: Role[] }>();
  const save = useSaveStaff(staff);
  const me = useMe();
  const submit = (values: Values & { roles?: Role[] }) =>
    save.mutate(values, {
      onSuccess: (saved) => {
        feedback.success(common('saved'));
        onClose();
        onSaved?.(saved.id);
      },
      onError: (error) => {
        form.setFields([...fieldErrors(error), ...passwordErrors(error, 'password')] as Parameters<typeof form.setFields>[0]);
        feedback.error(problem(error));
      },
    });
  const start = staff ? { ...staff, shop_id: staff.shop?.id ?? null, team_id: staff.team?.id ?? null, roles: undefined } : { roles: ['agent'] };
  return (
    <Modal
      open
      {...keepsTyped}
      title={staff ? t('form.edit', { name: staff.name }) : t('form.add')}
      okText={common('save')}
      cancelText={common('cancel')}
      confirmLoading={save.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
      width={640}
    >
      <Form form={form} layout="vertical" initialValues={start} onFinish={submit} className="staff-form">
        <Form.Item name="name" label={t('field.name')} rules={[{ required: true, whitespace: true, message: t('form.needed') }]}>
          <Input />
        </Form.Item>
        <Form.Item name="account" label={t('field.account')} extra={t('form.accountHint')} rules={[{ required: true, whitespace: true, message: t('form.needed') }]}>
          <Input />
        </Form.Item>
        <Place />
        <Form.Item name="position" label={t('field.position')}>
          <Input />
        </Form.Item>
        <Form.Item name="level" label={t('field.level')}>
          <Input />
        </Form.Item>
        <Form.Item name="joined_on" label={t('field.joined_on')}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="phone" label={t('field.phone')}>
          <Input inputMode="tel" />
        </Form.Item>
        <Form.Item name="email" label={t('field.email')} rules={[{ type: 'email', message: t('form.email') }]}>
          <Input />
        </Form.Item>
        {!staff && (
          <Form.Item name="roles" label={t('role')}>
            <Select mode="multiple" options={roles.map((value) => ({ value, label: common(`role.${value}`) }))} />
          </Form.Item>
        )}
        {staff?.id === me.staff_id ? <OwnAccount /> : <Access known={staff !== null} />}
      </Form>
    </Modal>
  );
}

/** What somebody signs in with. */
function Access({ known }: { known: boolean }) {
  const { t } = useTranslation('staff');
  return (
    <>
      <Form.Item name="login" label={t('field.login')} extra={t('form.loginHint')}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="password" label={known ? t('form.newPassword') : t('form.password')} extra={known ? t('form.passwordHint') : undefined} rules={[{ min: 8, message: t('form.passwordShort') }]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  );
}

/** One's own password takes the present one, which this form does not ask for. */
function OwnAccount() {
  const { t } = useTranslation('staff');
  const to = useScopedTo();
  return (
    <p className="k-faint">
      {t('form.own')} <Link to={to('/me')}>{t('form.toAccount')}</Link>
    </p>
  );
}

/** Shop, and a team of that shop. */
function Place() {
  const { t } = useTranslation('staff');
  const { shops } = useMe();
  const form = Form.useFormInstance();
  const shopId = Form.useWatch<string | null>('shop_id', form);
  const teams = shops.find(({ id }) => id === shopId)?.teams ?? [];
  const options = (all: { id: string; name: string }[]) => all.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <Form.Item name="shop_id" label={t('field.shop')}>
        <Select allowClear options={options(shops)} onChange={() => form.setFieldValue('team_id', null)} />
      </Form.Item>
      <Form.Item name="team_id" label={t('field.team')}>
        <Select allowClear disabled={teams.length === 0} options={options(teams)} />
      </Form.Item>
    </>
  );
}
