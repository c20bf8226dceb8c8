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
export type Session = Answer<contract.Session>;
export type SecondFactor = Answer<contract.SecondFactor>;
export type SecondFactorBegun = Answer<contract.SecondFactorBegun>;
export type RecoveryCodes = Answer<contract.RecoveryCodes>;
export type SecondFactorPolicy = Answer<contract.SecondFactorPolicy>;

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

// ---- competences and audiences -----------------------------------------------------------

export type Competence = contract.Competence;
/** In the order of a page. */
export const competences = [
  'culture',
  'attitude',
  'platform_rules',
  'product',
  'communication',
  'complaints',
  'chat',
  'after_sales',
  'systems',
  'office',
  'stress',
  'career',
] as const satisfies readonly Competence[];
/** Who something is for. */
export type Audience = Answer<contract.Audience>;
/** An audience of nobody, to begin with. */
export const nobody: Audience = { everybody: false, shops: [], teams: [], levels: [], staff: [] };

// ---- needs and plans ---------------------------------------------------------------------

export type Named = contract.Named;
export type NeedState = contract.NeedState;
export const needStates = ['reported', 'forwarded', 'planned', 'coaching', 'improvement', 'refused', 'merged'] as const satisfies readonly NeedState[];
export type NeedSource = contract.NeedSource;
export const needSources = ['weak_spot', 'report', 'rule'] as const satisfies readonly NeedSource[];
export type NeedItem = Answer<contract.NeedItem>;
export type NeedDetail = Answer<contract.NeedDetail>;
export type NeedEvidence = Answer<contract.NeedEvidence>;
export type NeedStep = Answer<contract.NeedStep>;
export type NeedRule = Answer<contract.NeedRule>;
export type Task = Answer<contract.NeedTask>;
export type TaskDraft = contract.NeedTaskDraft;
export type Colleague = Answer<contract.NeedColleague>;
export type PlanKind = contract.PlanKind;
export const planKinds = ['annual', 'quarterly', 'monthly', 'temporary'] as const satisfies readonly PlanKind[];
export type PlanState = contract.PlanState;
export const planStates = ['draft', 'submitted', 'returned', 'approved', 'superseded'] as const satisfies readonly PlanState[];
export type PlanItem = Answer<contract.PlanItem>;
export type PlanContent = Answer<contract.PlanContent>;
export type PlanHead = Answer<contract.PlanHead>;
export type PlanChange = Omit<Answer<contract.PlanChange>, 'before' | 'after'> & { before: unknown; after: unknown };
export type PlanDetail = Omit<Answer<contract.PlanDetail>, 'changes' | 'names'> & { changes: PlanChange[]; names: Record<string, string> };

// ---- courses -----------------------------------------------------------------------------

export type CourseState = contract.CourseState;
export type CourseLevel = contract.CourseLevel;
export const courseLevels = ['basic', 'intermediate', 'advanced'] as const satisfies readonly CourseLevel[];
export type LessonKind = contract.LessonKind;
export type FileKind = contract.FileKind;
export type CourseFile = contract.CourseFile;
export type CourseItem = Answer<contract.CourseItem>;
export type CourseDetail = Answer<contract.CourseDetail>;
export type LessonItem = Answer<contract.LessonItem>;
export type CourseLearning = Answer<contract.CourseLearning>;
export type LessonStanding = contract.LessonStanding;
export type LessonReported = Answer<contract.LessonReported>;
export type MyCourse = Answer<contract.MyCourse>;
export type CourseLearner = Answer<contract.CourseLearner>;
export type CourseAssigned = contract.CourseAssigned;

// ---- classes -----------------------------------------------------------------------------

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

// ---- questions and papers ----------------------------------------------------------------

export type QuestionKind = contract.QuestionKind;
export const questionKinds = ['single', 'multiple', 'true_false', 'fill_in', 'short_answer'] as const satisfies readonly QuestionKind[];
export type QuestionState = contract.QuestionState;
export type QuestionKey = Answer<contract.QuestionKey>;
export type QuestionItem = Answer<contract.QuestionItem>;
export type QuestionDetail = Answer<contract.QuestionDetail>;
export type QuestionImport = Answer<contract.QuestionReport>;
export type Topic = contract.Topic;
export type PaperItem = Answer<contract.PaperItem>;
export type PaperDetail = Answer<contract.PaperDetail>;
export type PaperQuestion = Answer<contract.PaperQuestion>;
export type PaperSheet = Answer<contract.PaperSheet>;
export type DrawRule = Answer<contract.DrawRule>;
export type RulesCount = Answer<contract.RulesCount>;

// ---- exams -------------------------------------------------------------------------------

export type Grade = contract.Grade;
export const grades = ['excellent', 'good', 'pass', 'fail'] as const satisfies readonly Grade[];
export type ExamStanding = contract.ExamStanding;
export type ExamItem = Answer<contract.ExamItem>;
export type OwnExam = Answer<contract.OwnExam>;
export type ExamDetail = Answer<contract.ExamDetail>;
export type ExamResult = Answer<contract.ExamResult>;
export type NewExam = contract.NewExam;
export type AttemptItem = Answer<contract.AttemptItem>;
export type AskedQuestion = Answer<contract.AskedQuestion>;
export type AnswerResponse = contract.Response;
export type Sitting = Omit<Answer<contract.Sitting>, 'answers'> & { answers: Record<string, AnswerResponse> };
export type ReviewedQuestion = Omit<Answer<contract.ReviewedQuestion>, 'key' | 'response'> & { key: contract.QuestionKey; response: AnswerResponse | null };
export type AttemptReview = Omit<Answer<contract.AttemptReview>, 'items'> & { items: ReviewedQuestion[] };
export type MarkingOverview = Answer<contract.MarkingOverview>;
export type QuestionToMark = Answer<contract.QuestionToMark>;
export type AnswerToMark = Answer<contract.AnswerToMark>;

// ---- what came of training ---------------------------------------------------------------

export type EvaluationDraft = contract.EvaluationDraft;
export type EvaluationLine = Answer<contract.EvaluationLine>;
export type Evaluation = Answer<contract.Evaluation>;
export type EvaluationOutcome = Evaluation['outcome'];
export type EvaluationEffect = Answer<contract.EvaluationEffect>;
export type ClassReport = Answer<contract.ClassReport>;

// ---- archive -----------------------------------------------------------------------------

export type Archive = Answer<contract.Archive>;
export type ArchiveEntry = Answer<contract.ArchiveEntry>;
export type ArchivePerson = Answer<contract.ArchivePerson>;
export type ArchiveLook = Answer<contract.ArchiveLook>;
export type ArchiveRequest = Answer<contract.ArchiveRequest>;
export type ArchiveCandidate = contract.ArchiveCandidate;

// ---- thread ------------------------------------------------------------------------------

export type ThreadKind = contract.ThreadKind;
export type ThreadThing = Answer<contract.ThreadThing>;
export type ThreadStage = Answer<contract.ThreadStep>;
export type ThreadOfThing = Answer<contract.Thread>;

// ---- the rest ----------------------------------------------------------------------------

/** Numbers and texts for the words of a line or notice. */
type Params = Record<string, string | number>;

export type HomeLine = Omit<Answer<contract.HomeLine>, 'params'> & { params: Params };
export type HomeFigure = Answer<contract.HomeFigure>;
export type HomeWeek = Answer<contract.HomeWeek>;
export interface Home {
  /** The days that the figures are of; null: there is no record that this person may see. */
  week: HomeWeek | null;
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
