import BellOutlined from '@ant-design/icons-svg/es/asn/BellOutlined';
import MenuOutlined from '@ant-design/icons-svg/es/asn/MenuOutlined';
import SearchOutlined from '@ant-design/icons-svg/es/asn/SearchOutlined';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import { PeriodPicker } from '@/components/PeriodPicker';
import { ScopePicker } from '@/components/ScopePicker';
import { PlainButton } from '@/components/Plain';
import { lazyThemed } from '../lazyThemed';
import { useRight } from '../session';
import { MeMenu } from './MeMenu';
import { useUnread } from './useUnread';

const SearchDialog = lazyThemed(() => import('./SearchDialog'));
const InboxDrawer = lazyThemed(() => import('./InboxDrawer'));

interface Props {
  wide: boolean;
  hasPeriod: boolean;
  /** Opens the navigation; null where it is on the page already. */
  onMenu: (() => void) | null;
}

export function TopBar({ wide, hasPeriod, onMenu }: Props) {
  const { t } = useTranslation();
  return (
    <header className="shell-top">
      {onMenu && <PlainButton kind="text" icon={<Icon of={MenuOutlined} />} aria-label={t('menu')} onClick={onMenu} />}
      <div className="shell-top-where">
        <ScopePicker />
        {hasPeriod && <PeriodPicker />}
      </div>
      <div className="shell-top-end">
        <Search wide={wide} />
        <Inbox />
        <MeMenu wide={wide} />
      </div>
    </header>
  );
}

function Search({ wide }: { wide: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setOpen(true);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      {wide ? (
        <PlainButton className="shell-search" icon={<Icon of={SearchOutlined} />} onClick={() => setOpen(true)} aria-keyshortcuts="Control+K">
          {t('search.button')}
          <kbd>Ctrl K</kbd>
        </PlainButton>
      ) : (
        <PlainButton kind="text" icon={<Icon of={SearchOutlined} />} aria-label={t('search.button')} onClick={() => setOpen(true)} />
      )}
      {open && (
        <Suspense fallback={null}>
          <SearchDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function Inbox() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const unread = useUnread();
  if (!useRight('notice:read')) return null;
  return (
    <>
      <PlainButton
        kind="text"
        className="shell-inbox"
        icon={<Icon of={BellOutlined} />}
        aria-label={unread > 0 ? t('inbox.unread', { count: unread }) : t('inbox.title')}
        onClick={() => setOpen(true)}
      >
        {unread > 0 && <span className="shell-count">{unread > 99 ? '99+' : unread}</span>}
      </PlainButton>
      {open && (
        <Suspense fallback={null}>
          <InboxDrawer onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
