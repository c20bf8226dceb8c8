import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import SideNav from './SideNav';

/** The navigation on a phone. */
export default function MenuDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer open onClose={onClose} placement="left" size={260} title={t('menu')}>
      <SideNav onGo={onClose} />
    </Drawer>
  );
}
