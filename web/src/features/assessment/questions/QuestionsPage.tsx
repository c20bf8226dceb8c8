import { PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '@/app/address';
import { useRight } from '@/app/session';
import { competences, questionKinds, type QuestionItem, type QuestionState } from '@/api/types';
import { DataTable, type Column } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { ListFilters } from '@/components/ListFilters';
import { Page } from '@/components/Page';
import { useQuestions, useTopics, type Filter } from './queries';
import { QuestionDrawer } from './QuestionDrawer';
import { QuestionForm } from './QuestionForm';
import { QuestionImport } from './QuestionImport';
import './questions.css';

const states = ['draft', 'active', 'retired'] as const satisfies readonly QuestionState[];

/** The question bank: find, write, revise, import. */
export default function QuestionsPage() {
  const { t } = useTranslation('questions');
  const mayWrite = useRight('question:write');
  const { get, set } = useAddress();
  const [adding, setAdding] = useState(false);
  const [importing, setImporting] = useState(false);
  const filter: Filter = { q: get('q'), topic: get('topic'), competence: get('competence'), kind: get('kind'), difficulty: get('difficulty'), state: get('state') };
  const list = useQuestions(filter);
  const columns = useColumns();
  const chosen = get('id');
  const open = (id: string | null) => set({ id }, { replace: id === null });
  const filtered = Object.values(filter).some(Boolean);
  const importButton = (
    <Button icon={<UploadOutlined aria-hidden />} onClick={() => setImporting(true)}>
      {t('import.button')}
    </Button>
  );
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        mayWrite && (
          <>
            {importButton}
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
              {t('add')}
            </Button>
          </>
        )
      }
      filters={<Filters />}
    >
      <DataTable<QuestionItem>
        name="questions"
        label={t('title')}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        empty={
          <EmptyState title={filtered ? t('none.title') : t('empty.title')} text={filtered ? t('none.text') : t('empty.text')}>
            {mayWrite && !filtered && importButton}
          </EmptyState>
        }
        onRow={(row) => open(row.id)}
        chosen={chosen}
      />
      <QuestionDrawer id={chosen} onClose={() => open(null)} />
      {adding && <QuestionForm question={null} onClose={() => setAdding(false)} onSaved={open} />}
      {importing && <QuestionImport onClose={() => setImporting(false)} />}
    </Page>
  );
}

function Filters() {
  const { t } = useTranslation('questions');
  const { t: common } = useTranslation();
  const topics = useTopics().data?.items ?? [];
  return (
    <ListFilters
      search={t('search')}
      choices={[
        { name: 'topic', label: t('field.topic'), options: topics.map(({ topic, questions }) => ({ value: topic, label: `${topic} (${questions})` })) },
        { name: 'kind', label: t('field.kind'), options: questionKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })) },
        { name: 'competence', label: t('field.competence'), options: competences.map((one) => ({ value: one, label: common(`competence.${one}`) })) },
        { name: 'difficulty', label: t('field.difficulty'), options: [1, 2, 3, 4, 5].map((value) => ({ value: String(value), label: t('difficulty', { value }) })) },
        { name: 'state', label: t('field.state'), options: states.map((state) => ({ value: state, label: t(`state.${state}`) })) },
      ]}
    />
  );
}

function useColumns(): Column<QuestionItem>[] {
  const { t } = useTranslation('questions');
  const { t: common } = useTranslation();
  const { set } = useAddress();
  return [
    {
      key: 'text',
      title: t('field.text'),
      always: true,
      width: 420,
      render: (row) => (
        <button type="button" className="k-link-button questions-text" onClick={() => set({ id: row.id }, { replace: false })}>
          {row.text}
        </button>
      ),
      plain: (row) => row.text,
    },
    { key: 'kind', title: t('field.kind'), render: (row) => t(`kind.${row.kind}`), plain: (row) => t(`kind.${row.kind}`) },
    { key: 'topic', title: t('field.topic'), render: (row) => row.topic || '—', plain: (row) => row.topic },
    {
      key: 'competence',
      title: t('field.competence'),
      render: (row) => (row.competence ? common(`competence.${row.competence}`) : '—'),
      plain: (row) => (row.competence ? common(`competence.${row.competence}`) : ''),
    },
    { key: 'difficulty', title: t('field.difficulty'), numeric: true, render: (row) => row.difficulty, plain: (row) => row.difficulty },
    { key: 'state', title: t('field.state'), render: (row) => (row.state === 'active' ? t('state.active') : <Tag>{t(`state.${row.state}`)}</Tag>), plain: (row) => t(`state.${row.state}`) },
  ];
}
