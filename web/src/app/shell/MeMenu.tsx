import UserOutlined from '@ant-design/icons-svg/es/asn/UserOutlined';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Icon } from '@/components/Icon';
import { Pop } from '@/components/Pop';
import { useScopedTo } from '../address';
import { useLanguage } from '../language';
import { setMode, useMode } from '../preferences';
import { useMe } from '../session';
import { useSignOut } from '../signOut';

/** The person's own menu: account and password, language, light and dark, the ways out. */
export function MeMenu({ wide }: { wide: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  const mode = useMode();
  const navigate = useNavigate();
  const to = useScopedTo();
  const signOut = useSignOut();
  const { language, choose } = useLanguage();
  const english = language === 'en';
  return (
    <Pop
      label={t('me.menu', { name: me.person.name })}
      icon={<Icon of={UserOutlined} />}
      align="end"
      quiet
      testId="me-menu"
      content={(close) => {
        const then = (act: () => void) => () => {
          close();
          act();
        };
        return (
          <div className="pop-menu">
            <button type="button" onClick={then(() => void navigate(to('/me')))}>
              {t('me.account')}
            </button>
            <button type="button" lang={english ? 'zh-CN' : 'en'} onClick={then(() => choose(english ? 'zh-CN' : 'en'))}>
              {english ? '中文' : 'English'}
            </button>
            <button type="button" onClick={then(() => setMode(mode === 'dark' ? 'light' : 'dark'))}>
              {mode === 'dark' ? t('me.light') : t('me.dark')}
            </button>
            <hr />
            <button type="button" onClick={then(() => signOut.mutate(false))}>
              {t('me.signOut')}
            </button>
            <button type="button" onClick={then(() => signOut.mutate(true))}>
              {t('me.signOutEverywhere')}
            </button>
          </div>
        );
      }}
    >
      {wide ? me.person.name : null}
    </Pop>
  );
}
