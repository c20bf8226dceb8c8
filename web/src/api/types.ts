/**
 * Types of the HTTP contract (v1): names for what openapi.json says. Only what the contract leaves
 * open is written out here.
 */
import type * as contract from './schema';

/** The server writes every field of an answer; that one may be null, the contract also calls optional. */
type Answer<T> = T extends (infer E)[] ? Answer<E>[] : T extends object ? { [K in keyof T]-?: Answer<Exclude<T[K], undefined>> } : T;

export type Uuid = string;
/** RFC 3339, UTC. */
export type Instant = string;
/** `YYYY-MM-DD`. */
export type Day = string;

export type Ref = contract.Ref;

export interface Listing<T> {
  items: T[];
  next: string | null;
}

export type FieldProblem = contract.FieldFault;
/** As it may come: a proxy between may answer with less than the contract promises. */
export type Problem = Pick<contract.Problem, 'status'> & Partial<Omit<contract.Problem, 'code'>> & { code: string };

// ---- sign-in -----------------------------------------------------------------------------

export type Role = contract.Role;
/** In the order of a page. */
export const roles = [
  'agent',
  'mentor',
  'lecturer',
  'supervisor',
  'training_group',
  'hr',
  'director',
  'operations',
  'inspector',
  'marketplace',
  'admin',
] as const satisfies readonly Role[];

export type Right = contract.Right;
export const rights = [
  'org:read',
  'org:write',
  'staff:read',
  'staff:write',
  'role:write',
  'audit:read',
  'job:read',
  'token:write',
  'import:read',
  'import:write',
  'kpi:read',
  'target:write',
  'conversation:read',
  'conversation:unmask',
  'customer:erase',
  'weak_spot:read',
  'notice:read',
  'need:read',
  'need:report',
  'need:write',
  'plan:read',
  'plan:write',
  'plan:approve',
  'course:read',
  'course:write',
  'course:assign',
  'class:read',
  'class:write',
  'class:teach',
  'question:read',
  'question:write',
  'exam:sit',
  'exam:read',
  'exam:write',
  'exam:mark',
  'archive:read',
  'archive:apply',
  'archive:approve',
  'evaluation:read',
  'evaluation:write',
] as const satisfies readonly Right[];

export type DemoPerson = contract.DemoPerson;
export type SignInInfo = contract.Entrance;
export type TenantKind = contract.TenantKind;
export type MeShop = Answer<contract.MyShop>;
export type Me = Answer<contract.Me>;
export type Token = Answer<contract.Token>;

// ---- organisation ------------------------------------------------------------------------

export type Tenant = contract.Tenant;
export type Team = contract.Team;
export type Shop = contract.Shop;
export type RoleAssignment = Answer<contract.Assignment>;
export type StaffItem = Answer<contract.StaffItem>;
export type StaffDetail = Answer<contract.StaffDetail>;
export type StaffHistory = Answer<contract.Step>;
export type StaffImport = Answer<contract.StaffReport>;
export type Account = Answer<contract.AccountItem>;

// ---- service record ----------------------------------------------------------------------

export type ImportKind = contract.ImportKind;
export type ImportState = contract.ImportState;

/** Something to know about a file, in English and where given in Chinese. */
export interface ImportWarning {
  code: string;
  detail: string;
  detail_zh?: string;
}

export type Import = Omit<Answer<contract.Import>, 'warnings' | 'error'> & { warnings: ImportWarning[]; error: ImportWarning | null };
export type Rejection = Answer<contract.ImportRejection>;
export type ConversationItem = Answer<contract.ConversationItem>;
export type ConversationPage = Answer<contract.ConversationPage>;
export type Piece = contract.PieceChip;
export type Turn = Answer<contract.Turn>;
export type Rating = contract.Rating;
export type Conversation = Answer<contract.Conversation>;
export type Unmasked = contract.Unmasked;

// ---- figures -----------------------------------------------------------------------------

export type Bilingual = contract.Text;
export type Unit = contract.Unit;
export type FigureGroup = contract.Group;
export type Definition = Answer<contract.Definition>;
export type By = 'agent' | 'team' | 'shop' | 'tenant';
export type Per = 'day' | 'week' | 'month' | 'all';

export interface FigureValue {
  value: number | null;
  n?: number;
  p50?: number | null;
  p90?: number | null;
  version: number;
}

/** A row has the one of the first four that was asked for by `by`. */
export interface FigureRow {
  agent?: string | null;
  team?: string | null;
  shop?: string | null;
  tenant?: string | null;
  id: Uuid | null;
  from: Day;
  to: Day;
  values: Record<string, FigureValue>;
}

export interface Figures {
  zone: string | null;
  rows: FigureRow[];
}

export type Target = Answer<contract.Target>;
export type Spot = Answer<contract.Spot>;
export type WeakSpots = Answer<contract.WeakSpots>;
export type Funnel = Answer<contract.Funnel>;

// ---- the rest ----------------------------------------------------------------------------

/** Numbers and texts for the words of a line or notice. */
type Params = Record<string, string | number>;

export type HomeLine = Omit<Answer<contract.HomeLine>, 'params'> & { params: Params };
export type HomeFigure = Answer<contract.HomeFigure>;
export interface Home {
  now: HomeLine[];
  stands: HomeFigure[];
  new: HomeLine[];
}
export type Notice = Omit<Answer<contract.Notice>, 'params'> & { params: Params };
export type SearchHit = Answer<contract.Hit>;
export type EventItem = Omit<Answer<contract.Event>, 'data'> & { data: unknown };
export type Chain = Answer<contract.ChainOut>;
export type Job = contract.Job;
export type Customer = Answer<contract.CustomerItem>;

// ---- classes -----------------------------------------------------------------------------

export type Competence = contract.Competence;
export type Audience = Answer<contract.Audience>;
export type Attendance = contract.Attendance;
export type ClassState = contract.ClassState;
export type ClassItem = Answer<contract.ClassItem>;
export type ClassDetail = Answer<contract.ClassDetail>;
export type ClassParticipant = Answer<contract.ClassParticipant>;
export type ClassChoices = Answer<contract.ClassChoices>;
export type ClassDraft = contract.ClassDraft;
export type ClassWanted = contract.ClassWanted;
export type ClassConflicts = Answer<contract.ClassConflicts>;
export type ClassCode = Answer<contract.ClassCode>;
export type ClassSignedIn = Answer<contract.ClassSignedIn>;
export type ClassFeedback = Answer<contract.ClassFeedback>;
export type FeedbackAnswers = Answer<contract.FeedbackAnswers>;
export type FeedbackResults = Answer<contract.FeedbackResults>;
export type FeedbackMeans = contract.FeedbackMeans;
