//! What is asked and answered about needs and tasks.

use std::collections::BTreeSet;

use kexun_base::ids::Uuid;
use kexun_base::time::{Day, Micros};
use kexun_people::competences::Competence;
use kexun_people::rights::Role;
use kexun_people::staff::{AccountId, StaffId};
use kexun_people::tenants::{ShopId, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Evidence, Links, NeedId, NeedSource, NeedState, TaskId, TaskKind, TaskState};
use crate::roster::Named;

/// Which needs to list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NeedFilter {
    /// That stand so; if not said, all but those that are part of another.
    pub state: Option<NeedState>,
    /// Only those still to be settled, where no state is named.
    pub open: Option<bool>,
    /// From there.
    pub source: Option<NeedSource>,
    /// Of this field.
    pub competence: Option<Competence>,
    /// Of this shop.
    pub shop: Option<ShopId>,
    /// Of this team.
    pub team: Option<TeamId>,
    /// 1 slight, 2 plain, 3 grave.
    #[param(minimum = 1, maximum = 3)]
    pub severity: Option<i32>,
    /// Only those that I reported or raised.
    pub mine: Option<bool>,
    /// Part of the title.
    pub q: Option<String>,
}

/// Which tasks to list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TaskFilter {
    /// Only those given to me.
    pub mine: Option<bool>,
    /// That stand so.
    pub state: Option<TaskState>,
}

/// A difficulty, reported.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NeedReport)]
pub struct Report {
    /// What it is, in a few words.
    pub title: String,
    /// More about it; may be empty.
    #[serde(default)]
    pub description: String,
    /// Of which field; none: whoever sorts it says.
    pub competence: Option<Competence>,
    /// 1 slight, 2 plain, 3 grave: only from who sorts the needs of these people.
    pub severity: Option<i32>,
    /// Whom it is about; empty: oneself. Others only for who answers for them.
    #[serde(default)]
    pub people: BTreeSet<StaffId>,
}

/// A weak spot by the question that it answers.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NeedRaise)]
pub struct Raise {
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub from: Day,
    /// Last day; at most a year in all.
    #[schema(value_type = String, format = Date)]
    pub to: Day,
    /// In this shop only.
    pub shop: Option<ShopId>,
    /// In this team only.
    pub team: Option<TeamId>,
    /// The agent account that is weak.
    pub agent: AccountId,
    /// Key of the figure in which it is.
    pub key: String,
}

/// A need as whoever sorts it hands it on. What is left out stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NeedForward)]
pub struct Forward {
    /// The version that was seen.
    pub version: i32,
    /// What it is, in other words.
    pub title: Option<String>,
    /// A word with it.
    #[serde(default)]
    pub words: String,
    /// Of which field; must be known by now.
    pub competence: Option<Competence>,
    /// 1 slight, 2 plain, 3 grave; must be known by now.
    pub severity: Option<i32>,
    /// Who else it is about.
    #[serde(default)]
    pub people: BTreeSet<StaffId>,
}

/// Into which need one is merged.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NeedMerge)]
pub struct Merge {
    /// The version that was seen of the need that goes.
    pub version: i32,
    /// The need that stays.
    pub into: NeedId,
}

/// How a need ends, other than in a plan.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NeedSettle)]
pub struct Settle {
    /// The version that was seen.
    pub version: i32,
    /// Why; needed for a refusal.
    #[serde(default)]
    pub reason: String,
    /// What is to be done by whom; none: the need is refused.
    pub task: Option<TaskDraft>,
}

/// A task about to be set.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NeedTaskDraft)]
pub struct TaskDraft {
    /// Coaching or improvement.
    pub kind: TaskKind,
    /// Who is to do it.
    pub assignee: StaffId,
    /// Until when.
    #[schema(value_type = String, format = Date)]
    pub due_on: Day,
    /// What it is called; if not said, as the need.
    pub title: Option<String>,
    /// What is to be done; may be empty.
    #[serde(default)]
    pub description: String,
    /// Improvement: which department.
    #[serde(default)]
    pub department: String,
}

/// That a task is done.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NeedTaskDone)]
pub struct Done {
    /// The version that was seen.
    pub version: i32,
    /// What was done.
    pub note: String,
}

/// Whether needs are raised by rule.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NeedRuleSet)]
pub struct SwitchSet {
    /// The version that was seen; 0 where nobody touched it yet.
    pub version: i32,
    /// On or off.
    pub active: bool,
}

/// Whether needs are raised by rule, and what it did last.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = NeedRule)]
pub struct SwitchView {
    /// Whether every publication of new data raises needs from the weak spots of its last four weeks.
    pub active: bool,
    /// When it last ran.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ran_at: Option<Micros>,
    /// How many needs it then raised.
    pub raised: i32,
    /// Send it back with a change.
    pub version: i32,
}

/// A need in a list. Who reported it without answering for the place sees neither evidence nor whom
/// else it is about.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NeedItem {
    /// Its id.
    pub id: NeedId,
    /// Where it is known from.
    pub source: NeedSource,
    /// How it stands.
    pub state: NeedState,
    /// Merged: how the need stands that it is part of.
    pub became: Option<NeedState>,
    /// What it is.
    pub title: String,
    /// More about it.
    pub description: String,
    /// Of which field.
    pub competence: Option<Competence>,
    /// 1 slight, 2 plain, 3 grave.
    pub severity: Option<i32>,
    /// How many it is about.
    pub people: i32,
    /// Whom; those who are known by name.
    pub who: Vec<Named>,
    /// In which shop.
    pub shop: Option<Named>,
    /// In which team.
    pub team: Option<Named>,
    /// Who reported or raised it; none: the rule.
    pub reported_by: Option<Named>,
    /// The weak spot it was raised from.
    pub evidence: Option<Evidence>,
    /// The plan that answers it.
    pub plan: Option<Named>,
    /// Whether I reported it.
    pub own: bool,
    /// Whether I may sort and settle it.
    pub may_sort: bool,
    /// Since when it is known.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Micros,
    /// Send it back with a change.
    pub version: i32,
}

/// A need with all that belongs to it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NeedDetail {
    /// The need.
    pub need: NeedItem,
    /// Where the evidence can be looked at.
    pub links: Option<Links>,
    /// The needs that are part of it now.
    pub merged: Vec<MergedNeed>,
    /// The need that it is part of.
    pub merged_into: Option<Named>,
    /// The tasks that came of it.
    pub tasks: Vec<TaskItem>,
    /// What happened to it, the first first.
    pub timeline: Vec<Step>,
}

/// A need that is part of another.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MergedNeed {
    /// Its id.
    pub id: NeedId,
    /// What it was called.
    pub title: String,
    /// Where it was known from.
    pub source: NeedSource,
    /// What was said about it.
    pub description: String,
    /// The weak spot it was raised from.
    pub evidence: Option<Evidence>,
    /// Where that can be looked at.
    pub links: Option<Links>,
}

/// Something that happened to a need.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = NeedStep)]
pub struct Step {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Micros,
    /// What, e.g. `need.forwarded` or `task.done`.
    pub kind: String,
    /// Who did it; none: the program.
    pub by: Option<String>,
    /// What he said.
    pub words: Option<String>,
    /// How it was settled: `planned`, `coaching`, `improvement`, `refused` or `merged`.
    pub outcome: Option<String>,
    /// Who is to do a task.
    pub assignee: Option<String>,
    /// Until when.
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<Day>,
}

/// A task.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = NeedTask)]
pub struct TaskItem {
    /// Its id.
    pub id: TaskId,
    /// Coaching or improvement.
    pub kind: TaskKind,
    /// How it stands.
    pub state: TaskState,
    /// What it is called.
    pub title: String,
    /// What is to be done.
    pub description: String,
    /// Improvement: which department.
    pub department: String,
    /// The need that it came of.
    pub need: NeedId,
    /// Whether I may look at that need.
    pub need_visible: bool,
    /// Who is to do it.
    pub assignee: Named,
    /// Who set it.
    pub set_by: Option<Named>,
    /// Until when.
    #[schema(value_type = String, format = Date)]
    pub due_on: Day,
    /// Open, and past its day.
    pub overdue: bool,
    /// What was done.
    pub note: String,
    /// When it was done.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub done_at: Option<Micros>,
    /// Whether it is mine to do.
    pub own: bool,
    /// Send it back with a change.
    pub version: i32,
}

/// Somebody who can be given a task or a lesson.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = NeedColleague)]
pub struct Colleague {
    /// Which member.
    pub id: StaffId,
    /// His name.
    pub name: String,
    /// His account.
    pub account: String,
    /// The roles that he holds.
    pub roles: Vec<Role>,
    /// Whether he is one of my people.
    pub mine: bool,
}

/// Which colleagues.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ColleagueFilter {
    /// Part of the name or account.
    pub q: Option<String>,
    /// Only my people.
    pub mine: Option<bool>,
}

/// The id of what was made.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = NeedMade)]
pub struct Made {
    /// Its id.
    pub id: Uuid,
}
