/** Where everything is, and who has a use for it. The navigation and the router read this. */
import type { ComponentType } from 'react';
import type { Right } from '@/api/types';

type Load = () => Promise<{ default: ComponentType }>;

export interface PageRoute {
  path: string;
  load: Load;
  /** Without it the page answers "not yours". */
  right?: Right;
  /** The page looks at a period: show the switch. */
  period?: true;
  /** Made without Ant Design, so that it shows before that is loaded. */
  plain?: true;
}

export const pages: PageRoute[] = [
  { path: '/', load: () => import('@/features/home/home/HomePage'), plain: true },
  { path: '/figures', load: () => import('@/features/service/kpi/FiguresPage'), right: 'kpi:read', period: true },
  { path: '/weak-spots', load: () => import('@/features/service/weak-spots/WeakSpotsPage'), right: 'weak_spot:read', period: true },
  { path: '/needs', load: () => import('@/features/learning/needs/NeedsPage'), right: 'need:read' },
  { path: '/tasks', load: () => import('@/features/learning/needs/TasksPage'), right: 'need:read' },
  { path: '/plans', load: () => import('@/features/learning/plans/PlansPage'), right: 'plan:read' },
  { path: '/plans/:id', load: () => import('@/features/learning/plans/PlanPage'), right: 'plan:read' },
  { path: '/learn', load: () => import('@/features/learning/LearnPage'), right: 'course:read' },
  { path: '/courses', load: () => import('@/features/learning/courses/CoursesPage'), right: 'course:read' },
  { path: '/courses/:id', load: () => import('@/features/learning/courses/CoursePage'), right: 'course:read' },
  { path: '/questions', load: () => import('@/features/assessment/questions/QuestionsPage'), right: 'question:read' },
  { path: '/papers', load: () => import('@/features/assessment/papers/PapersPage'), right: 'question:read' },
  { path: '/exams', load: () => import('@/features/assessment/exams/ExamsPage'), right: 'exam:sit' },
  { path: '/exams/:id', load: () => import('@/features/assessment/exams/ExamPage'), right: 'exam:sit' },
  { path: '/exams/:id/sit', load: () => import('@/features/assessment/exams/SitPage'), right: 'exam:sit' },
  { path: '/exams/:id/marking', load: () => import('@/features/assessment/exams/MarkingPage'), right: 'exam:mark' },
  { path: '/evaluations', load: () => import('@/features/outcome/evaluation/EvaluationsPage'), right: 'evaluation:read' },
  { path: '/evaluations/:id', load: () => import('@/features/outcome/evaluation/EvaluationPage'), right: 'evaluation:read' },
  { path: '/evaluations/class/:id', load: () => import('@/features/outcome/evaluation/ClassReportPage'), right: 'evaluation:read' },
  { path: '/conversations', load: () => import('@/features/service/conversations/ConversationsPage'), right: 'conversation:read', period: true },
  { path: '/imports', load: () => import('@/features/service/imports/ImportsPage'), right: 'import:read' },
  { path: '/customers', load: () => import('@/features/service/customers/CustomersPage'), right: 'customer:erase' },
  { path: '/archive', load: () => import('@/features/outcome/archive/ArchivePage') },
  { path: '/archive-requests', load: () => import('@/features/outcome/archive/RequestsPage'), right: 'archive:apply' },
  { path: '/classes', load: () => import('@/features/learning/classes/ClassesPage'), right: 'class:read' },
  { path: '/classes/:id', load: () => import('@/features/learning/classes/ClassPage'), right: 'class:read' },
  { path: '/classes/:id/screen', load: () => import('@/features/learning/classes/ScreenPage'), right: 'class:teach' },
  { path: '/classes/:id/sign-in', load: () => import('@/features/learning/classes/ClassSignInPage'), right: 'class:read' },
  { path: '/staff', load: () => import('@/features/people/staff/StaffPage'), right: 'staff:read' },
  { path: '/accounts', load: () => import('@/features/people/accounts/AccountsPage'), right: 'staff:write' },
  { path: '/shops', load: () => import('@/features/people/shops/ShopsPage'), right: 'org:read' },
  { path: '/merchants', load: () => import('@/features/people/tenants/MerchantsPage'), right: 'org:read' },
  { path: '/tokens', load: () => import('@/features/people/tokens/TokensPage'), right: 'token:write' },
  { path: '/audit', load: () => import('@/features/people/audit/AuditPage'), right: 'audit:read' },
  { path: '/jobs', load: () => import('@/features/base/jobs/JobsPage'), right: 'job:read' },
  { path: '/notices', load: () => import('@/features/people/notices/NoticesPage') },
  { path: '/me', load: () => import('@/features/people/sign-in/MePage') },
];

export const stages = [
  { key: 'diagnose', paths: ['/', '/figures', '/weak-spots'] },
  { key: 'plan', paths: ['/needs', '/tasks', '/plans'] },
  { key: 'learn', paths: ['/learn', '/courses', '/classes'] },
  { key: 'examine', paths: ['/questions', '/papers', '/exams'] },
  { key: 'effect', paths: ['/evaluations'] },
  { key: 'service', paths: ['/conversations', '/imports', '/customers'] },
  { key: 'records', paths: ['/archive', '/archive-requests'] },
  { key: 'organisation', paths: ['/staff', '/accounts', '/shops', '/merchants', '/tokens', '/audit', '/jobs'] },
] as const;

export type NavPath = (typeof stages)[number]['paths'][number];

/** Open to agents, but without a use for them: their classes stand with their learning, their tasks on the home page. */
const notForAgents: ReadonlySet<string> = new Set<NavPath>(['/tasks', '/classes', '/shops']);

interface Who {
  /** Looks at merchants rather than being one. */
  marketplace?: boolean;
  /** Serves customers and does nothing else. */
  agent?: boolean;
}

/** The stages with the pages that these rights open; empty stages are left out. */
export function navigation(rights: readonly Right[], { marketplace = false, agent = false }: Who = {}) {
  const open = (path: string) => {
    if (agent && notForAgents.has(path)) return false;
    const page = pages.find((candidate) => candidate.path === path);
    if (!page) return false;
    if (path === '/merchants' && !marketplace) return false;
    return !page.right || rights.includes(page.right);
  };
  return stages
    .map((stage) => ({ key: stage.key, paths: (stage.paths as readonly NavPath[]).filter(open) }))
    .filter((stage) => stage.paths.length > 0);
}
