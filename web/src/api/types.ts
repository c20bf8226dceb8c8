/** Types of the HTTP contract (v1), by hand until they are generated from openapi.json. */

export type Uuid = string;
/** RFC 3339, UTC. */
export type Instant = string;
/** `YYYY-MM-DD`. */
export type Day = string;

export interface Ref {
  id: Uuid;
  name: string;
}

export interface Listing<T> {
  items: T[];
  next: string | null;
}

export interface FieldProblem {
  field: string;
  code?: string;
  detail: string;
}

export interface Problem {
  type?: string;
  title?: string;
  status: number;
  code: string;
  detail?: string;
  fields?: FieldProblem[];
  request_id?: string;
}

// ---- sign-in -----------------------------------------------------------------------------

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
] as const;
export type Role = (typeof roles)[number];

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
] as const;
export type Right = (typeof rights)[number];

export interface DemoPerson {
  login: string;
  name: string;
  role: Role;
  tenant: string;
  password: string;
}

export interface SignInInfo {
  demo: boolean;
  people: DemoPerson[];
}

export type TenantKind = 'marketplace' | 'merchant' | 'company';

export interface Team {
  id: Uuid;
  name: string;
  version?: number;
}

export interface MeShop {
  id: Uuid;
  code: string;
  name: string;
  zone: string;
  teams: Team[];
}

export interface Me {
  person: { id: Uuid; name: string; login: string; email: string | null; locale: string | null };
  tenant: { id: Uuid; slug: string; name: string; kind: TenantKind; parent: string | null; zone: string };
  memberships: { tenant: { slug: string; name: string; kind: TenantKind }; roles: Role[] }[];
  merchants: { slug: string; name: string }[];
  roles: { role: Role; shop_id: Uuid | null; team_id: Uuid | null }[];
  rights: Right[];
  shops: MeShop[];
  staff_id: Uuid | null;
  unread: number;
}

export interface Token {
  id: Uuid;
  name: string;
  rights: Right[];
  expires_at: Instant | null;
  last_used_at: Instant | null;
  created_at: Instant;
}

// ---- organisation ------------------------------------------------------------------------

export interface Tenant {
  id: Uuid;
  slug: string;
  name: string;
  kind: TenantKind;
  version: number;
}

export interface Shop extends MeShop {
  version: number;
}

export interface RoleAssignment {
  id: Uuid;
  role: Role;
  shop_id: Uuid | null;
  team_id: Uuid | null;
}

export interface StaffItem {
  id: Uuid;
  person_id: Uuid | null;
  account: string;
  name: string;
  login: string | null;
  phone: string | null;
  email: string | null;
  level: string | null;
  position: string | null;
  joined_on: Day | null;
  shop: Ref | null;
  team: Ref | null;
  roles: RoleAssignment[];
  version: number;
}

export interface StaffHistory {
  from: Day;
  to: Day | null;
  shop: string | null;
  team: string | null;
  level: string | null;
  position: string | null;
}

export interface StaffDetail extends StaffItem {
  history: StaffHistory[];
}

export interface StaffImport {
  rows: number;
  imported: number;
  unchanged: number;
  rejected: { row: number; column: string | null; reason: string; reason_zh?: string }[];
  warnings: ImportWarning[];
}

export interface Account {
  id: Uuid;
  account: string;
  name: string | null;
  shop: string | null;
  staff_id: Uuid | null;
  conversations: number;
}

// ---- service record ----------------------------------------------------------------------

export type ImportKind = 'conversations' | 'contacts' | 'ratings';
export type ImportState = 'queued' | 'reading' | 'merging' | 'done' | 'failed' | 'undoing' | 'undone';

/** Something to know about a file, in English and where given in Chinese. */
export interface ImportWarning {
  code: string;
  detail: string;
  detail_zh?: string;
}

export interface Import {
  id: Uuid;
  kind: ImportKind;
  file_name: string;
  state: ImportState;
  bytes_total: number;
  bytes_read: number;
  rows: number;
  imported: number;
  unchanged: number;
  rejected: number;
  warnings: ImportWarning[];
  error: ImportWarning | null;
  created_at: Instant;
  finished_at: Instant | null;
  by: { name: string } | Uuid | null;
  from_day: Day | null;
  to_day: Day | null;
  version: number;
}

export interface Rejection {
  row: number;
  column: string | null;
  code: string;
  reason: string;
  reason_zh?: string;
  cells: Record<string, string> | string[];
}

export interface ConversationItem {
  id: Uuid;
  source_id: string | null;
  shop: Ref;
  /** None for a rating whose conversation is unknown; without a name once erased. */
  customer: { id: Uuid; name: string | null } | null;
  channel: string;
  started_at: Instant;
  ended_at: Instant;
  agents: Ref[];
  messages: number;
  rounds: number;
  answered: number;
  first_response_s: number | null;
  slowest_s: number | null;
  score: number | null;
  /** Asked with a figure's key: whether this conversation makes it worse. */
  miss: boolean | null;
}

export interface ConversationPage extends Listing<ConversationItem> {
  /** On the first page only. */
  total: { count: number; more: boolean } | null;
  /** Asked for what is slow: slower than so many seconds. */
  limit_s: number | null;
}

export interface Piece {
  kind: string;
  shown: string;
}

export interface Turn {
  index: number;
  at: Instant;
  sender: 'customer' | 'agent' | 'robot' | 'system';
  agent: Ref | null;
  text: string;
  pieces: Piece[];
  /** Response time in seconds, if this message ends a round. */
  wait_s: number | null;
  round: number | null;
  unanswered: boolean;
}

export interface Rating {
  at: Instant;
  score: number;
  comment: string;
}

export interface Conversation extends ConversationItem {
  turns: Turn[];
  rating: Rating | null;
  ratings: Rating[];
  product: string | null;
  order_id: string | null;
  outcome: { kind: string | null; opened_at: Instant | null; closed_at: Instant | null; solved: boolean | null; call_s: number | null } | null;
  /** Whether there is something that may be unmasked with the right to. */
  masked: boolean;
}

export interface Unmasked {
  turns: { index: number; text: string }[];
}

// ---- figures -----------------------------------------------------------------------------

export type Unit = 'count' | 'seconds' | 'share' | 'ratio';
export type FigureGroup = 'volume' | 'speed' | 'customers' | 'platform';
export type By = 'agent' | 'team' | 'shop' | 'tenant';
export type Per = 'day' | 'week' | 'month' | 'all';

export interface Bilingual {
  zh: string;
  en: string;
}

export interface Definition {
  key: string;
  version: number;
  name: Bilingual;
  about: Bilingual;
  unit: Unit;
  better: 'up' | 'down' | null;
  group: FigureGroup;
  source: Bilingual | null;
  params?: Record<string, unknown>;
}

export interface FigureValue {
  value: number | null;
  n?: number;
  p50?: number | null;
  p90?: number | null;
  version: number;
}

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

export interface Target {
  key: string;
  shop_id: Uuid | null;
  target: number | null;
  version: number;
}

export type Verdict = 'weak' | 'too_few' | 'unclear';

export interface Spot {
  key: string;
  name: Bilingual;
  /** Of value, estimate, low, high, peers and target. */
  unit: 'seconds' | 'share';
  agent: Ref;
  shop: Ref;
  team: Ref | null;
  n: number;
  value: number;
  estimate: number;
  low: number;
  high: number;
  peers: number | null;
  target: number | null;
  /** 0–1. */
  certainty: number;
  /** How many cases more than expected. */
  excess: number;
  verdict: Verdict;
  words: Bilingual;
  /** Parameters of GET /conversations for the conversations to look at. */
  evidence: { key: string; agent: Uuid; shop: Uuid; from: Day; to: Day; miss: boolean };
}

export interface WeakSpots {
  from: Day;
  to: Day;
  tested: number;
  fdr: number;
  /** What is tested, and what a funnel can be drawn of. */
  measures: { key: string; name: Bilingual; unit: 'seconds' | 'share' }[];
  spots: Spot[];
  unclear: Spot[];
}

export interface Funnel {
  key: string;
  centre: number | null;
  /** `value` is the place in the plot, `figure` what is shown everywhere. */
  points: { agent: Ref; n: number; value: number; figure: number; estimate: number | null; verdict: Verdict | 'ok' }[];
  limits: { n: number; low95: number; high95: number; low998: number; high998: number }[];
}

// ---- the rest ----------------------------------------------------------------------------

export interface HomeLine {
  kind: string;
  params: Record<string, string | number>;
  link: string | null;
}

export interface HomeFigure {
  key: string;
  value: number | null;
  n?: number | null;
  previous: number | null;
  target: number | null;
}

export interface Home {
  now: HomeLine[];
  stands: HomeFigure[];
  new: HomeLine[];
}

export interface Notice {
  id: Uuid;
  kind: string;
  params: Record<string, string | number>;
  link: string | null;
  created_at: Instant;
  read_at: Instant | null;
}

export interface SearchHit {
  kind: 'staff' | 'shop' | 'conversation' | 'customer';
  id: Uuid;
  title: string;
  sub: string | null;
  link: string;
}

export interface EventItem {
  id: Uuid;
  seq: number | null;
  at: Instant;
  kind: string;
  actor: { kind: string; name: string | null };
  subject: { kind: string; id: string } | null;
  data: unknown;
  hash: string | null;
}

export interface Chain {
  length: number;
  head: string | null;
  sealed_at: Instant | null;
  pending: number;
  intact: boolean | null;
  broken_at: number | null;
  what?: string | null;
}

export interface Job {
  id: Uuid;
  kind: string;
  state: string;
  attempts: number;
  last_error: string | null;
  run_at: Instant;
}

export interface Customer {
  id: Uuid;
  number: number;
  shop: Ref;
  /** Masked; none once erased. */
  name: string | null;
  erased: boolean;
}
