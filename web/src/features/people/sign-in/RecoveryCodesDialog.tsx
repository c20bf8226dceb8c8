import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { saveFile } from '@/components/csv';
import { CopyButton } from './factorFields';

/** The recovery codes, this once; it closes only by saying that they are kept. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useTranslation('sign-in');
  const text = codes.join('\n');
  return (
    <Modal
      open
      title={t('factor.codesTitle')}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('factor.saved')}
        </Button>
      }
    >
      <div className="k-stack">
        <p>{t('factor.codesText')}</p>
        <ol className="second-factor-codes">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
        <div className="k-row">
          <Button size="small" onClick={() => saveFile(t('factor.file'), `${text}\n`, 'text/plain;charset=utf-8')}>
            {t('factor.download')}
          </Button>
          <CopyButton text={text} />
        </div>
      </div>
    </Modal>
  );
}
