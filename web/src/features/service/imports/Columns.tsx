import { DownloadOutlined } from '@ant-design/icons';
import { Button, Collapse, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportKind } from '@/api/types';
import { saveFile } from '@/components/csv';
import { inLanguage } from '@/i18n';
import { columns, sample } from './sample';
import './imports.css';

/** Which columns a file of this kind has, and a sample to start from. */
export function Columns({ kind, open = false }: { kind: ImportKind; open?: boolean }) {
  const { t } = useTranslation('imports');
  const table = (
    <div className="k-stack-tight">
      <p className="k-soft">{t(`columns.text.${kind}`)}</p>
      <div>
        <Button icon={<DownloadOutlined aria-hidden />} onClick={() => saveFile(t('columns.sampleName', { kind: t(`kind.${kind}`) }), sample(kind))}>
          {t('columns.sample')}
        </Button>
      </div>
      <table className="import-columns">
        <thead>
          <tr>
            <th scope="col">{t('columns.name')}</th>
            <th scope="col">{t('columns.meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {columns[kind].map(({ name, chinese, needed, about }) => (
            <tr key={name}>
              <td>
                <strong>{inLanguage(name, chinese)}</strong> {needed && <Tag>{t('columns.needed')}</Tag>}
                <br />
                <span className="k-faint k-small" data-raw>
                  {inLanguage(chinese, name)}
                </span>
              </td>
              <td>{t(`columns.about.${about}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  return <Collapse defaultActiveKey={open ? ['columns'] : []} items={[{ key: 'columns', label: t('columns.title', { kind: t(`kind.${kind}`) }), children: table }]} />;
}
