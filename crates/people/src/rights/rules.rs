//! The table of roles and rights. Pure.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::tenants::{ShopId, TeamId};

kexun_base::words!(
    /// What somebody is in the organisation.
    Role {
        /// 客服专员: serves customers; sees what is his own.
        Agent = "agent",
        /// 导师: accompanies newcomers.
        Mentor = "mentor",
        /// 培训讲师: teaches and examines.
        Lecturer = "lecturer",
        /// 客服主管: answers for a team or shop.
        Supervisor = "supervisor",
        /// 培训管理小组: plans and evaluates training.
        TrainingGroup = "training_group",
        /// 人事: organisation, staff, archives.
        Hr = "hr",
        /// 人事总监 / 公司领导: approves; sees everything in figures.
        Director = "director",
        /// 运营: brings the shops' data in.
        Operations = "operations",
        /// 监督小组: samples and inspects.
        Inspector = "inspector",
        /// 平台方: oversees the resident merchants.
        Marketplace = "marketplace",
        /// 管理员: sets the tenant up.
        Admin = "admin",
    }
);

kexun_base::words!(
    /// What one may do.
    Right {
        /// See tenants, shops, teams.
        OrgRead = "org:read",
        /// Set up and change merchants, shops, teams.
        OrgWrite = "org:write",
        /// See staff.
        StaffRead = "staff:read",
        /// Enter, import and change staff; link accounts.
        StaffWrite = "staff:write",
        /// Grant and withdraw roles.
        RoleWrite = "role:write",
        /// Read the audit log.
        AuditRead = "audit:read",
        /// See background jobs and start dead ones again.
        JobRead = "job:read",
        /// Make and withdraw API tokens of one's own.
        TokenWrite = "token:write",
        /// See imports and what they rejected.
        ImportRead = "import:read",
        /// Bring data in, and undo it.
        ImportWrite = "import:write",
        /// See figures.
        KpiRead = "kpi:read",
        /// Set targets.
        TargetWrite = "target:write",
        /// Read conversations, masked.
        ConversationRead = "conversation:read",
        /// See masked personal data in clear, audited.
        ConversationUnmask = "conversation:unmask",
        /// Erase a customer's personal data.
        CustomerErase = "customer:erase",
        /// See weak spots.
        WeakSpotRead = "weak_spot:read",
        /// One's own inbox.
        NoticeRead = "notice:read",
        /// See training needs: one's own, or those of one's people.
        NeedRead = "need:read",
        /// Say what one needs.
        NeedReport = "need:report",
        /// Raise, sort, forward and settle needs.
        NeedWrite = "need:write",
        /// See plans.
        PlanRead = "plan:read",
        /// Draft plans and submit them.
        PlanWrite = "plan:write",
        /// Approve plans or send them back.
        PlanApprove = "plan:approve",
        /// See courses and learn in them.
        CourseRead = "course:read",
        /// Make and publish courses.
        CourseWrite = "course:write",
        /// Assign courses to people and see how far they are.
        CourseAssign = "course:assign",
        /// See classes: one's own, those one teaches, or those of one's people; sign in to them.
        ClassRead = "class:read",
        /// Arrange classes and who takes part.
        ClassWrite = "class:write",
        /// Teach: show the sign-in code, say who came.
        ClassTeach = "class:teach",
        /// See the question bank and papers, answers included.
        QuestionRead = "question:read",
        /// Write questions and papers.
        QuestionWrite = "question:write",
        /// Sit exams one is set, and see one's own results.
        ExamSit = "exam:sit",
        /// See exams and results of one's people.
        ExamRead = "exam:read",
        /// Set exams.
        ExamWrite = "exam:write",
        /// Mark answers.
        ExamMark = "exam:mark",
        /// Keep everybody's archive, and look into it.
        ArchiveRead = "archive:read",
        /// Apply for a look into somebody's archive, stating why.
        ArchiveApply = "archive:apply",
        /// Decide on such applications.
        ArchiveApprove = "archive:approve",
        /// See what training changed.
        EvaluationRead = "evaluation:read",
        /// Evaluate a training.
        EvaluationWrite = "evaluation:write",
    }
);

/// What everybody may who belongs to the organisation: read his inbox, say what he needs, learn, sit
/// exams. On himself only.
const OF_ALL: [Right; 7] = {
    use Right::*;
    [OrgRead, NoticeRead, NeedReport, NeedRead, CourseRead, ClassRead, ExamSit]
};

/// The rights that a role stands for.
pub fn role_rights(role: Role) -> impl Iterator<Item = Right> {
    let own = of_role(role);
    let of_all = OF_ALL.into_iter().filter(move |right| !own.contains(right));
    own.iter().copied().chain(of_all)
}

/// Whether a role stands for a right.
pub fn gives(role: Role, right: Right) -> bool {
    OF_ALL.contains(&right) || of_role(role).contains(&right)
}

/// Whether a role stands for a right on others than its holder: who holds it answers for a place.
pub fn answers(role: Role, right: Right) -> bool {
    of_role(role).contains(&right)
}

/// What a role may beyond [`OF_ALL`], or on others than its holder.
pub(super) fn of_role(role: Role) -> &'static [Right] {
    match role {
        Role::Agent => &[Right::KpiRead, Right::ConversationRead],
        Role::Mentor => &[Right::ArchiveApply],
        Role::Lecturer => LECTURER,
        Role::Supervisor => SUPERVISOR,
        Role::TrainingGroup => TRAINING_GROUP,
        Role::Hr => HR,
        Role::Director => DIRECTOR,
        Role::Operations => OPERATIONS,
        Role::Inspector => INSPECTOR,
        Role::Marketplace => MARKETPLACE,
        Role::Admin => Right::ALL,
    }
}

const LECTURER: &[Right] = {
    use Right::*;
    &[
        CourseWrite,
        ClassWrite,
        ClassTeach,
        PlanRead,
        QuestionRead,
        QuestionWrite,
        ExamRead,
        ExamWrite,
        ExamMark,
        ArchiveApply,
        EvaluationRead,
    ]
};

const SUPERVISOR: &[Right] = {
    use Right::*;
    &[
        StaffRead,
        ImportRead,
        ImportWrite,
        KpiRead,
        TargetWrite,
        ConversationRead,
        WeakSpotRead,
        NeedRead,
        NeedWrite,
        PlanRead,
        PlanWrite,
        CourseAssign,
        ClassRead,
        ClassWrite,
        ClassTeach,
        ExamRead,
        ArchiveApply,
        EvaluationRead,
        EvaluationWrite,
    ]
};

const TRAINING_GROUP: &[Right] = {
    use Right::*;
    &[
        StaffRead,
        KpiRead,
        ConversationRead,
        WeakSpotRead,
        NeedRead,
        NeedWrite,
        PlanRead,
        PlanWrite,
        CourseWrite,
        CourseAssign,
        ClassRead,
        ClassWrite,
        ClassTeach,
        QuestionRead,
        QuestionWrite,
        ExamRead,
        ExamWrite,
        ExamMark,
        ArchiveApply,
        EvaluationRead,
        EvaluationWrite,
    ]
};

const HR: &[Right] = {
    use Right::*;
    &[
        OrgWrite,
        StaffRead,
        StaffWrite,
        RoleWrite,
        KpiRead,
        WeakSpotRead,
        NeedRead,
        NeedWrite,
        PlanRead,
        PlanWrite,
        CourseWrite,
        CourseAssign,
        ClassRead,
        ClassWrite,
        ClassTeach,
        QuestionRead,
        QuestionWrite,
        ExamRead,
        ExamWrite,
        ExamMark,
        ArchiveRead,
        ArchiveApply,
        EvaluationRead,
        EvaluationWrite,
    ]
};

const DIRECTOR: &[Right] = {
    use Right::*;
    &[
        StaffRead,
        AuditRead,
        KpiRead,
        TargetWrite,
        ConversationRead,
        WeakSpotRead,
        NeedRead,
        PlanRead,
        PlanApprove,
        ClassRead,
        ExamRead,
        ArchiveApply,
        ArchiveApprove,
        EvaluationRead,
    ]
};

const OPERATIONS: &[Right] = {
    use Right::*;
    &[StaffRead, ImportRead, ImportWrite, KpiRead, ConversationRead, WeakSpotRead, JobRead, TokenWrite]
};

const INSPECTOR: &[Right] = {
    use Right::*;
    &[StaffRead, KpiRead, ConversationRead, ConversationUnmask, WeakSpotRead, ArchiveApply]
};

const MARKETPLACE: &[Right] = {
    use Right::*;
    &[StaffRead, KpiRead, ConversationRead, WeakSpotRead, ImportRead, PlanRead, EvaluationRead]
};

/// What a member of a marketplace holds in its merchants: who oversees the whole marketplace sees
/// them, its administrator sets them up. All others hold nothing there.
pub fn grants_in_merchants(in_marketplace: &[Grant]) -> Vec<Grant> {
    let whole =
        |role| in_marketplace.iter().any(|g| g.role == role && g.shop_id.is_none() && g.team_id.is_none());
    let of_whole = |role| Grant { role, shop_id: None, team_id: None };
    if whole(Role::Admin) {
        return vec![of_whole(Role::Marketplace), of_whole(Role::Admin)];
    }
    if whole(Role::Marketplace) || whole(Role::Director) {
        vec![of_whole(Role::Marketplace)]
    } else {
        Vec::new()
    }
}

/// A role, granted on a scope within a tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Grant {
    /// Which role.
    pub role: Role,
    /// On this shop only.
    pub shop_id: Option<ShopId>,
    /// On this team only.
    pub team_id: Option<TeamId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_may_read_its_inbox_and_words_come_back() {
        for role in Role::ALL {
            assert!(gives(*role, Right::NoticeRead), "{role}");
            assert_eq!(Role::of_word(role.word()), Some(*role));
        }
        for right in Right::ALL {
            assert_eq!(Right::of_word(right.word()), Some(*right));
        }
    }

    #[test]
    fn only_who_oversees_the_whole_marketplace_sees_its_merchants() {
        let of = |role| Grant { role, shop_id: None, team_id: None };
        let roles = |grants: &[Grant]| grants_in_merchants(grants).iter().map(|g| g.role).collect::<Vec<_>>();
        assert_eq!(roles(&[of(Role::Agent), of(Role::Marketplace)]), [Role::Marketplace]);
        assert_eq!(roles(&[of(Role::Admin)]), [Role::Marketplace, Role::Admin]);
        assert!(roles(&[of(Role::Agent), of(Role::Hr), of(Role::Supervisor)]).is_empty());
        let on_one_shop = Grant { shop_id: Some(ShopId(kexun_base::ids::Uuid::nil())), ..of(Role::Admin) };
        assert!(roles(&[on_one_shop]).is_empty());
    }
}
