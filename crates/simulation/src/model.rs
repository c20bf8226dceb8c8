use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};

/// The marketplace that oversees the merchants; the parent tenant.
#[derive(Debug, Clone)]
pub struct Marketplace {
    /// Tenant slug, ASCII.
    pub slug: &'static str,
    /// Chinese name.
    pub name: &'static str,
    /// English name.
    pub name_en: &'static str,
}

/// A resident merchant (入驻商家); a tenant below the marketplace.
#[derive(Debug, Clone)]
pub struct Merchant {
    /// Tenant slug, ASCII.
    pub slug: &'static str,
    /// Chinese name.
    pub name: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// Its shops.
    pub shops: Vec<Shop>,
}

/// What a shop sells; decides its products and which situations occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProductLine {
    /// 女装
    Apparel,
    /// 数码
    Electronics,
    /// 食品
    Food,
    /// 家居
    Home,
    /// 母婴
    Baby,
}

/// A shop of a merchant.
#[derive(Debug, Clone)]
pub struct Shop {
    /// Short code, unique over all merchants.
    pub code: &'static str,
    /// Chinese name.
    pub name: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// Slug of the merchant that owns it.
    pub merchant: &'static str,
    /// IANA zone in which its times are given.
    pub zone: &'static str,
    /// What it sells.
    pub line: ProductLine,
    /// Names of its products.
    pub products: &'static [&'static str],
    /// Its teams.
    pub teams: Vec<Team>,
}

/// A team (组) of a shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Chinese name, unique in the shop.
    pub name: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// Login of its supervisor.
    pub supervisor: String,
}

/// The roles of the mission's table; a person may have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the roles")]
pub enum Role {
    Agent,
    Mentor,
    Lecturer,
    Supervisor,
    TrainingGroup,
    Hr,
    Director,
    Operations,
    Inspector,
    Marketplace,
    Admin,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 11] = [
        Self::Agent,
        Self::Mentor,
        Self::Lecturer,
        Self::Supervisor,
        Self::TrainingGroup,
        Self::Hr,
        Self::Director,
        Self::Operations,
        Self::Inspector,
        Self::Marketplace,
        Self::Admin,
    ];

    /// The key used in staff files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Mentor => "mentor",
            Self::Lecturer => "lecturer",
            Self::Supervisor => "supervisor",
            Self::TrainingGroup => "training_group",
            Self::Hr => "hr",
            Self::Director => "director",
            Self::Operations => "operations",
            Self::Inspector => "inspector",
            Self::Marketplace => "marketplace",
            Self::Admin => "admin",
        }
    }
}

/// Steps of the career ladder (INC-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the levels")]
pub enum Level {
    Junior,
    Middle,
    Senior,
    Supervisor,
    Manager,
}

impl Level {
    /// The key used in staff files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Junior => "junior",
            Self::Middle => "middle",
            Self::Senior => "senior",
            Self::Supervisor => "supervisor",
            Self::Manager => "manager",
        }
    }
}

/// One entry of a person's position history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// First day in the position.
    pub from: NaiveDate,
    /// Chinese title.
    pub title: &'static str,
    /// Level held.
    pub level: Level,
    /// Code of the shop, if the position is in one.
    pub shop: Option<&'static str>,
    /// Team name, if the position is in one.
    pub team: Option<&'static str>,
}

/// A member of staff.
#[derive(Debug, Clone)]
pub struct Staff {
    /// Slug of the tenant (merchant or marketplace) that employs the person.
    pub tenant: &'static str,
    /// Sign-in name: pinyin, unique over the whole organisation.
    pub login: String,
    /// Account in the chat records, like `云织女装旗舰店:小雨`; for people who do not chat, the login.
    pub account: String,
    /// Full Chinese name, unique.
    pub name: String,
    /// Code of the shop, if the person works in one.
    pub shop: Option<&'static str>,
    /// Team in the shop; `None` also for a shop's supervisor, who leads several.
    pub team: Option<&'static str>,
    /// Roles, without repetition, in the order of [`Role::ALL`].
    pub roles: Vec<Role>,
    /// Present level.
    pub level: Level,
    /// First day of employment.
    pub joined_on: NaiveDate,
    /// Login of the mentor, for newcomers.
    pub mentor: Option<String>,
    /// Mobile number from a range never given to subscribers (154-0000-…).
    pub phone: String,
    /// Address under the reserved domain `.example` (RFC 2606).
    pub email: String,
    /// Positions held, oldest first; never empty, the last is the present one.
    pub positions: Vec<Position>,
}

impl Staff {
    /// Whether the person has the role.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

/// Way of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// Written chat.
    Chat,
    /// Telephone, as a transcript; its contact record carries talk, hold and after-call seconds.
    Phone,
}

impl Channel {
    /// The value of the import column `channel`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Phone => "phone",
        }
    }
}

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the senders")]
pub enum Sender {
    Customer,
    Agent,
    Robot,
    System,
}

impl Sender {
    /// The value of the import column `sender`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Agent => "agent",
            Self::Robot => "robot",
            Self::System => "system",
        }
    }
}

/// One message: a row of the import format `conversations`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message<'a> {
    /// Unique over all shops.
    pub conversation_id: Arc<str>,
    /// Code of the shop.
    pub shop: &'a str,
    /// Way of the conversation.
    pub channel: Channel,
    /// The customer's nick, unique in the shop.
    pub customer: Arc<str>,
    /// Local time of the shop, whole seconds.
    pub sent_at: NaiveDateTime,
    /// Who wrote.
    pub sender: Sender,
    /// Account of the agent who wrote; on a customer's message the agent then assigned, if any.
    pub agent: Option<&'a str>,
    /// The words.
    pub text: String,
    /// The platform's id, unique over all; shops differ in whether they export it.
    pub message_id: Option<String>,
    /// The shop's order number, where the talk is about an order.
    pub order_id: Option<Arc<str>>,
    /// Product name, where the talk is about one.
    pub product: Option<&'a str>,
}

/// How a contact ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the outcomes")]
pub enum Outcome {
    Solved,
    Unsolved,
}

impl Outcome {
    /// The value of the import column `outcome`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Solved => "solved",
            Self::Unsolved => "unsolved",
        }
    }
}

/// A customer's rating: a row of the import format `ratings`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating<'a> {
    /// Unique over all shops.
    pub rating_id: String,
    /// Code of the shop.
    pub shop: &'a str,
    /// The conversation rated.
    pub conversation_id: Arc<str>,
    /// Local time of the shop.
    pub rated_at: NaiveDateTime,
    /// 1–5.
    pub score: u8,
    /// Free words, mostly absent.
    pub comment: Option<&'static str>,
}

/// The platform's record of a conversation: a row of the import format `contacts`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact<'a> {
    /// The conversation.
    pub conversation_id: Arc<str>,
    /// Code of the shop.
    pub shop: &'a str,
    /// Way of the conversation.
    pub channel: Channel,
    /// What it was about (column `type`), in Chinese.
    pub kind: &'static str,
    /// Local time of the first message.
    pub opened_at: NaiveDateTime,
    /// Local time at which it was closed.
    pub closed_at: NaiveDateTime,
    /// How it ended.
    pub outcome: Outcome,
    /// Seconds talked; telephone only.
    pub talk_s: Option<u32>,
    /// Seconds on hold; telephone only.
    pub hold_s: Option<u32>,
    /// Seconds of work after the call; telephone only.
    pub after_s: Option<u32>,
}
