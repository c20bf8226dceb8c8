import { Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useAddress, useScopedTo } from '@/app/address';
import { useRight } from '@/app/session';
import { ApiError } from '@/api/client';
import { EmptyState } from '@/components/EmptyState';
import { Go } from '@/components/Go';
import { Loading } from '@/components/Loading';
import { Page } from '@/components/Page';
import { useProblemText } from '@/components/problem';
import { Trouble } from '@/components/Trouble';
import { People } from './People';
import { useArchive } from './queries';
import { Record } from './Record';

/** One's own archive; another's by `?staff=`; the list of them for who keeps them. */
export default function ArchivePage() {
  const { t } = useTranslation('archive');
  const { get, set } = useAddress();
  const keeps = useRight('archive:read');
  const staff = get('staff');
  const people = keeps && !staff && get('view') === 'people';
  const views = [
    { value: 'own', label: t('view.own') },
    { value: 'people', label: t('view.people') },
  ];
  return (
    <Page
      title={staff ? t('titleOf') : t('title')}
      lead={staff ? t('leadOf') : people ? t('leadPeople') : t('lead')}
      actions={staff ? <Back /> : keeps && <Segmented aria-label={t('view.label')} value={people ? 'people' : 'own'} options={views} onChange={(view) => set({ view: view === 'people' ? view : null })} />}
    >
      {people ? <People /> : <Shown key={staff} staff={staff} />}
    </Page>
  );
}

function Back() {
  const { t } = useTranslation('archive');
  const keeps = useRight('archive:read');
  const to = useScopedTo();
  const navigate = useNavigate();
  const path = keeps ? '/archive?view=people' : '/archive-requests';
  return <Button onClick={() => void navigate(to(path))}>{keeps ? t('back.people') : t('back.requests')}</Button>;
}

function Shown({ staff }: { staff: string | null }) {
  const { t } = useTranslation('archive');
  const found = useArchive(staff);
  const problem = useProblemText();
  const mayApply = useRight('archive:apply');
  if (found.data) return <Record archive={found.data} own={!found.data.watermark} />;
  if (found.error instanceof ApiError && found.error.status === 403) {
    return (
      <EmptyState title={t('closed.title')} text={mayApply ? t('closed.text') : problem(found.error)}>
        {mayApply && <Go to="/archive-requests?apply=true">{t('closed.go')}</Go>}
      </EmptyState>
    );
  }
  if (!staff && found.error?.code === 'not_found') return <EmptyState title={t('noneHere.title')} text={t('noneHere.text')} />;
  if (found.error) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  return <Loading rows={8} />;
}
