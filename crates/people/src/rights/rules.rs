//! The table of roles and rights. Pure.

use serde::{Deserialize, Serialize};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::tenants::{ShopId, TeamId};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// All of them.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word used in the database, in the API and in the command line.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// The one of this word.
            pub fn of_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.word() == word)
            }
        }

        // Written out because the derive does not see words that come through a macro.
        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let words = Self::ALL.iter().map(|v| v.word());
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).into()
            }
        }

        impl ToSchema for $name {}

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}

words!(
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

words!(
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
    }
);

/// The rights that a role stands for.
pub fn role_rights(role: Role) -> &'static [Right] {
    use Right::*;
    match role {
        Role::Agent => &[OrgRead, KpiRead, ConversationRead, NoticeRead],
        Role::Mentor | Role::Lecturer => &[OrgRead, NoticeRead],
        Role::Supervisor => &[
            OrgRead,
            StaffRead,
            ImportRead,
            ImportWrite,
            KpiRead,
            TargetWrite,
            ConversationRead,
            WeakSpotRead,
            NoticeRead,
        ],
        Role::TrainingGroup => &[OrgRead, StaffRead, KpiRead, ConversationRead, WeakSpotRead, NoticeRead],
        Role::Hr => &[OrgRead, OrgWrite, StaffRead, StaffWrite, RoleWrite, KpiRead, WeakSpotRead, NoticeRead],
        Role::Director => {
            &[OrgRead, StaffRead, AuditRead, KpiRead, TargetWrite, ConversationRead, WeakSpotRead, NoticeRead]
        }
        Role::Operations => &[
            OrgRead,
            StaffRead,
            ImportRead,
            ImportWrite,
            KpiRead,
            ConversationRead,
            WeakSpotRead,
            JobRead,
            TokenWrite,
            NoticeRead,
        ],
        Role::Inspector => {
            &[OrgRead, StaffRead, KpiRead, ConversationRead, ConversationUnmask, WeakSpotRead, NoticeRead]
        }
        Role::Marketplace => {
            &[OrgRead, StaffRead, KpiRead, ConversationRead, WeakSpotRead, ImportRead, NoticeRead]
        }
        Role::Admin => Right::ALL,
    }
}

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
            assert!(role_rights(*role).contains(&Right::NoticeRead), "{role}");
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
