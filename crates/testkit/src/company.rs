//! Companies with a shop and a team, and people in them, made by the program's own functions.

use kexun_base::events::Actor;
use kexun_people::persons::PersonId;
use kexun_people::rights::{By, Grant, Role};
use kexun_people::sign_in;
use kexun_people::staff::{self, Draft, StaffId};
use kexun_people::tenants::{self, NewTenant, ShopDraft, ShopId, TeamId, TenantId};

use crate::app::TestApp;
use crate::client::Client;

/// A tenant with a shop and a team in it.
#[derive(Debug, Clone)]
pub struct Company {
    /// Its id.
    pub id: TenantId,
    /// Its short name.
    pub slug: String,
    /// Its shop, code `S1`.
    pub shop: ShopId,
    /// The shop's team.
    pub team: TeamId,
}

/// Somebody in a company.
#[derive(Debug, Clone)]
pub struct Member {
    /// The person.
    pub person: PersonId,
    /// His membership.
    pub staff: StaffId,
    /// What he signs in with; he has no password.
    pub login: String,
    /// His account name.
    pub account: String,
}

impl TestApp {
    /// A company `acme` with a shop `S1` (`一店`, Shanghai) and a team `甲组`.
    ///
    /// # Panics
    /// When the program refuses.
    pub async fn company(&self) -> Company {
        self.tenant("acme", None).await
    }

    /// A company with another short name; a test may have several.
    ///
    /// # Panics
    /// When the program refuses.
    pub async fn company_named(&self, slug: &str) -> Company {
        self.tenant(slug, None).await
    }

    /// A merchant of a marketplace (of a company that becomes one).
    ///
    /// # Panics
    /// When the program refuses.
    pub async fn merchant_of(&self, marketplace: &Company, slug: &str) -> Company {
        self.tenant(slug, Some(marketplace.id)).await
    }

    async fn tenant(&self, slug: &str, parent: Option<TenantId>) -> Company {
        let ctx = self.ctx();
        let tx = ctx.db().begin().await.expect("a transaction begins");
        let new = NewTenant { slug: slug.into(), name: format!("{slug} 公司"), parent };
        let id = tenants::create(ctx, &tx, Actor::Operator, new).await.expect("a tenant is made").id;
        tx.commit().await.expect("it commits");
        let by = By::Operator(id);
        let draft = ShopDraft { code: "S1".into(), name: "一店".into(), zone: "Asia/Shanghai".into() };
        let shop = tenants::create_shop(ctx, by, &draft).await.expect("a shop is made").id;
        let team = tenants::create_team(ctx, by, shop, "甲组").await.expect("a team is made").id;
        Company { id, slug: slug.into(), shop, team }
    }

    /// Enters somebody without a password, in no shop, who holds these roles.
    ///
    /// # Panics
    /// When the program refuses.
    pub async fn member(&self, company: &Company, account: &str, roles: Vec<Grant>) -> Member {
        let draft = Draft { account: account.into(), name: account.into(), roles, ..Draft::default() };
        self.enter(company, draft).await
    }

    /// Enters somebody as a draft says.
    ///
    /// # Panics
    /// When the program refuses.
    pub async fn enter(&self, company: &Company, draft: Draft) -> Member {
        let account = draft.account.clone();
        let staff =
            staff::create(self.ctx(), By::Operator(company.id), draft).await.expect("a member is entered");
        let found = staff::find(self.ctx(), &account, Some(company.id)).await;
        let (person, ..) = found.expect("he is there");
        Member { person: person.id, staff, login: person.login, account }
    }

    /// Requests as a member, in a session of his own.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn session(&self, member: &Member) -> Client {
        self.nobody().cookie(&self.cookie(member).await)
    }

    /// The cookie of a new session of a member, as `name=value`.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn cookie(&self, member: &Member) -> String {
        let ctx = self.ctx();
        let tx = ctx.db().begin().await.expect("a transaction begins");
        let opened = sign_in::open_session(ctx, &tx, member.person, "testkit").await;
        let (_, secret) = opened.expect("a session is opened");
        tx.commit().await.expect("it commits");
        format!("{}={}", sign_in::COOKIE, secret.0)
    }

    /// Requests as somebody new who has one role on the whole company.
    ///
    /// # Panics
    /// When the program refuses.
    pub async fn sign_in(&self, company: &Company, role: Role) -> Client {
        self.sign_in_with(company, Grant { role, shop_id: None, team_id: None }).await
    }

    /// Requests as somebody new who has one role on a part of the company.
    ///
    /// # Panics
    /// When the program refuses.
    pub async fn sign_in_with(&self, company: &Company, grant: Grant) -> Client {
        let account = format!("{}-{}", grant.role, self.ctx().id::<kexun_base::ids::Uuid>().simple());
        let member = self.member(company, &account, vec![grant]).await;
        self.session(&member).await
    }
}
