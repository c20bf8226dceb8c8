//! Conversations as they are answered.

use kexun_base::time::Micros;
use kexun_people::staff::AccountId;
use kexun_people::tenants::ShopId;
use serde::Serialize;
use utoipa::ToSchema;

use super::ConversationId;
use crate::customers::CustomerId;
use crate::imports::{self, ImportId};
use crate::kpi::rules;
use crate::privacy::masking::Kind;

/// A shop, named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ShopName {
    /// Its id.
    pub id: ShopId,
    /// Its name.
    pub name: String,
}

/// A customer, named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CustomerName {
    /// His id.
    pub id: CustomerId,
    /// His name at the shop, masked; none once he was erased.
    pub name: Option<String>,
}

/// An agent account, named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AgentName {
    /// Its id.
    pub id: AccountId,
    /// The name under which it writes.
    pub name: String,
}

/// By which way the customer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Chat.
    Chat,
    /// Telephone.
    Phone,
    /// E-mail.
    Email,
    /// Ticket.
    Ticket,
}

impl From<rules::Channel> for Channel {
    fn from(channel: rules::Channel) -> Self {
        match channel {
            rules::Channel::Chat => Channel::Chat,
            rules::Channel::Phone => Channel::Phone,
            rules::Channel::Email => Channel::Email,
            rules::Channel::Ticket => Channel::Ticket,
        }
    }
}

/// Who wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sender {
    /// The customer.
    Customer,
    /// A person of the shop.
    Agent,
    /// A robot.
    Robot,
    /// The chat tool itself.
    System,
}

impl From<rules::Sender> for Sender {
    fn from(sender: rules::Sender) -> Self {
        match sender {
            rules::Sender::Customer => Sender::Customer,
            rules::Sender::Agent => Sender::Agent,
            rules::Sender::Robot => Sender::Robot,
            rules::Sender::System => Sender::System,
        }
    }
}

/// A conversation in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ConversationItem {
    /// Its id.
    pub id: ConversationId,
    /// The shop's own id; none for a piece of a bare thread.
    pub source_id: Option<String>,
    /// Its shop.
    pub shop: ShopName,
    /// Its customer; none for a rating or note whose conversation is unknown.
    pub customer: Option<CustomerName>,
    /// By which way the customer came.
    pub channel: Channel,
    /// First moment known of it.
    #[schema(value_type = String, format = DateTime)]
    pub started_at: Micros,
    /// Last moment known of it.
    #[schema(value_type = String, format = DateTime)]
    pub ended_at: Micros,
    /// The agents who wrote, in that order; where none did, whose it was.
    pub agents: Vec<AgentName>,
    /// Number of messages.
    pub messages: i32,
    /// Number of rounds.
    pub rounds: i32,
    /// Number of rounds answered.
    pub answered: i32,
    /// Response time of the first round, seconds; none while it is unanswered.
    pub first_response_s: Option<i32>,
    /// Longest response time, seconds.
    pub slowest_s: Option<i32>,
    /// The last rating, 1 to 5.
    pub score: Option<i32>,
    /// Asked with a key that has a worse side: whether this conversation makes the figure worse.
    pub miss: Option<bool>,
}

/// How many conversations a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Total {
    /// So many.
    pub count: u64,
    /// Whether there are more: they are not counted to the end.
    pub more: bool,
}

/// A part of the list of conversations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ConversationPage {
    /// The items. There may be fewer than asked for although `next` leads on: a request looks through
    /// a bounded number of conversations.
    pub items: Vec<ConversationItem>,
    /// Cursor of the next page; none: this is the last.
    pub next: Option<String>,
    /// How many there are in all; on the first page only.
    pub total: Option<Total>,
    /// Asked with a key of response times: slower than so many seconds makes it worse; none where
    /// shops have different targets.
    pub limit_s: Option<u32>,
}

/// A masked piece of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PieceChip {
    /// What it is: `mobile`, `landline`, `id`, `card`, `email`, `address` or `name`.
    pub kind: &'static str,
    /// What stands for it in the text.
    pub shown: &'static str,
}

impl From<Kind> for PieceChip {
    fn from(kind: Kind) -> Self {
        PieceChip { kind: kind.code(), shown: kind.placeholder() }
    }
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Turn {
    /// Its place in the conversation, from 0.
    pub index: usize,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Micros,
    /// Who.
    pub sender: Sender,
    /// The agent who wrote; on a customer's message the one assigned, if the source says so.
    pub agent: Option<AgentName>,
    /// The text, masked; empty where it was erased.
    pub text: String,
    /// The pieces masked in it, in the order of the text.
    pub pieces: Vec<PieceChip>,
    /// The round it belongs to, from 1; none for messages of robots and the system, and for further
    /// messages of an agent.
    pub round: Option<u32>,
    /// If it ends a round: the time since the round's first message, seconds.
    pub wait_s: Option<u32>,
    /// A customer's message that no agent answered.
    pub unanswered: bool,
}

/// What the source says of the contact as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Outcome {
    /// The source's own word for its type.
    pub kind: Option<String>,
    /// When it was opened.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub opened_at: Option<Micros>,
    /// When it was closed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub closed_at: Option<Micros>,
    /// Whether it was closed as solved.
    pub solved: Option<bool>,
    /// Telephone: talk, hold and after-call work together, seconds.
    pub call_s: Option<u32>,
}

/// A rating.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Rating {
    /// When it was given.
    #[schema(value_type = String, format = DateTime)]
    pub at: Micros,
    /// 1 to 5.
    pub score: u8,
    /// What the customer wrote, masked.
    pub comment: String,
}

/// An import that brought something of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImportName {
    /// Its id.
    pub id: ImportId,
    /// Its number within the tenant.
    pub number: i32,
    /// What the file held.
    pub kind: imports::Kind,
    /// The file's name.
    pub file_name: String,
}

/// A conversation with its messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Conversation {
    /// As in the list.
    #[serde(flatten)]
    pub item: ConversationItem,
    /// Its messages.
    pub turns: Vec<Turn>,
    /// The last rating.
    pub rating: Option<Rating>,
    /// All ratings, oldest first.
    pub ratings: Vec<Rating>,
    /// The product it speaks of: the first named.
    pub product: Option<String>,
    /// The order it speaks of: the first named.
    pub order_id: Option<String>,
    /// What the source says of the contact.
    pub outcome: Option<Outcome>,
    /// Which imports brought it, for whoever may see imports; oldest first.
    pub imports: Vec<ImportName>,
    /// Whether there is something that may be unmasked with the right to.
    pub masked: bool,
}

/// Why somebody wants something that needs a reason.
#[derive(Debug, Clone, serde::Deserialize, ToSchema)]
pub struct Reason {
    /// In words, 1 to 500 characters; it stands in the audit log. Personal data in it is masked.
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// A message in clear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ClearTurn {
    /// Its place in the conversation, from 0.
    pub index: usize,
    /// Its text as it was sent.
    pub text: String,
}

/// The messages that hold personal data, in clear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Unmasked {
    /// The messages.
    pub turns: Vec<ClearTurn>,
}
