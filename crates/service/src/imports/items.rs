//! What a row brings, on its way from the file to its group.

use kexun_base::bytes::{Reader, put_str};
use kexun_base::ids::Random;
use kexun_base::secrets::Key;
use kexun_base::time::Micros;
use kexun_base::{Error, Result};
use kexun_importers::{ContactOutcome, ContactRow, ConversationRow, Moment, RatingRow, Reason};
use kexun_people::tenants::TenantId;

use crate::conversations::dossier::{self, Contact, Message, RatingNote};
use crate::conversations::merge::BY_ID;
use crate::kpi::rules::{Channel, Sender, ShopZone};
use crate::privacy::{masking, pieces_to_bytes};

/// An item of a group.
#[derive(Debug, Clone)]
pub enum Item {
    /// A message of a customer's conversation; its sealed pieces are sealed with the import's own
    /// passing key, its agent is the index of a name within the import.
    Message {
        /// The customer's name at the shop.
        customer: String,
        /// The shop's own id of the conversation.
        conversation: Option<String>,
        /// The message; `ident` without the how-manieth.
        message: Message,
    },
    /// What a source says of a contact.
    Contact {
        /// The shop's own id of the conversation.
        conversation: String,
        /// What it says.
        contact: Contact,
    },
    /// A rating.
    Rating {
        /// The shop's own id of the conversation.
        conversation: Option<String>,
        /// The rating.
        rating: RatingNote,
    },
}

/// What an import needs to make items: keys, and where randomness comes from.
pub struct Maker<'a> {
    /// Hashes what tells messages and groups apart; the same for all imports of all time.
    pub identity: &'a Key,
    /// Seals pieces on their way; forgotten when the import ends.
    pub passing: &'a Key,
    /// Where randomness comes from.
    pub random: &'a dyn Random,
    /// The tenant.
    pub tenant: TenantId,
}

/// A row turned into an item: the group within its shop, and the item as bytes.
pub struct Made {
    /// The group.
    pub group: [u8; 16],
    /// The item, for [`read`].
    pub bytes: Vec<u8>,
}

impl Maker<'_> {
    fn hash(&self, parts: &[&[u8]]) -> [u8; 32] {
        let tenant: &[u8] = self.tenant.0.as_bytes();
        self.identity.hash(&[&[tenant], parts].concat())
    }

    fn group(&self, kind: &str, name: &str) -> [u8; 16] {
        let hash = self.hash(&[b"group", kind.as_bytes(), name.as_bytes()]);
        hash[..16].try_into().expect("sixteen of thirty-two bytes")
    }

    fn group_of(&self, conversation: Option<&str>, otherwise: (&str, &str)) -> [u8; 16] {
        match conversation {
            Some(id) => self.group("conversation", id),
            None => self.group(otherwise.0, otherwise.1),
        }
    }

    /// A message, masked. `agent` is the index of the agent's name.
    ///
    /// # Errors
    /// The reason why the row is rejected.
    pub fn message(&self, row: ConversationRow, zone: &ShopZone, agent: Option<u32>) -> Result<Made, Reason> {
        let at = Micros(resolve(row.sent_at, zone)?);
        let group = self.group_of(row.conversation_id.as_deref(), ("thread", &row.customer));
        let sender = sender_of(row.sender);
        let ident = self.message_ident(&row, at, sender);
        let masked = masking::mask(&row.text);
        let pieces = pieces_to_bytes(&masked.pieces);
        let sealed = if pieces.is_empty() { pieces } else { self.passing.seal(self.random, &group, &pieces) };
        let message = Message {
            ident,
            at,
            sender,
            agent,
            channel: channel_of(row.channel),
            text: masked.text,
            sealed,
            order: row.order_id,
            product: row.product,
            sources: Vec::new(),
        };
        let mut bytes = vec![0];
        put_str(&mut bytes, &row.customer);
        put_name(&mut bytes, row.conversation_id.as_deref());
        dossier::put_message(&mut bytes, &message, 0);
        Ok(Made { group, bytes })
    }

    /// What tells a message apart, by the text *before* masking: two customers' numbers in the same
    /// sentence are two messages.
    fn message_ident(&self, row: &ConversationRow, at: Micros, sender: Sender) -> u64 {
        let hash = match &row.message_id {
            Some(id) => self.hash(&[b"message id", id.as_bytes()]),
            None => self.hash(&[
                b"message",
                &at.0.to_le_bytes(),
                &[dossier::sender_code(sender)],
                row.agent.as_deref().filter(|_| sender == Sender::Agent).unwrap_or_default().as_bytes(),
                row.text.as_bytes(),
            ]),
        };
        let ident = first_u64(&hash);
        if row.message_id.is_some() { ident | BY_ID } else { ident & !BY_ID }
    }

    /// What a source says of a contact.
    ///
    /// # Errors
    /// The reason why the row is rejected.
    pub fn contact(&self, row: ContactRow, zone: &ShopZone) -> Result<Made, Reason> {
        let at = |moment: Option<Moment>| moment.map(|m| resolve(m, zone).map(Micros)).transpose();
        let call = [row.talk_s, row.hold_s, row.after_s];
        let contact = Contact {
            channel: row.channel.map(channel_of),
            kind: row.kind,
            opened_at: at(row.opened_at)?,
            closed_at: at(row.closed_at)?,
            solved: row.outcome.map(|o| o == ContactOutcome::Solved),
            call_s: call
                .iter()
                .any(Option::is_some)
                .then(|| call.into_iter().flatten().fold(0, u32::saturating_add)),
            sources: Vec::new(),
        };
        let mut bytes = vec![1];
        put_str(&mut bytes, &row.conversation_id);
        dossier::put_contact(&mut bytes, &contact);
        Ok(Made { group: self.group("conversation", &row.conversation_id), bytes })
    }

    /// A rating, its comment masked; what is masked in a comment is not kept.
    ///
    /// # Errors
    /// The reason why the row is rejected.
    pub fn rating(&self, row: RatingRow, zone: &ShopZone) -> Result<Made, Reason> {
        let rating = RatingNote {
            ident: first_u64(&self.hash(&[b"rating", row.rating_id.as_bytes()])),
            at: Micros(resolve(row.rated_at, zone)?),
            score: row.score,
            comment: row.comment.map(|c| masking::mask(&c).text).unwrap_or_default(),
            sources: Vec::new(),
        };
        let mut bytes = vec![2];
        put_name(&mut bytes, row.conversation_id.as_deref());
        dossier::put_rating(&mut bytes, &rating);
        Ok(Made { group: self.group_of(row.conversation_id.as_deref(), ("rating", &row.rating_id)), bytes })
    }
}

/// Reads an item as it came out of the sorter.
///
/// # Errors
/// When the bytes are damaged.
pub fn read(bytes: &[u8]) -> Result<Item> {
    let mut reader = Reader::new(bytes);
    match reader.u8()? {
        0 => Ok(Item::Message {
            customer: reader.str()?.to_owned(),
            conversation: reader.opt_str()?.map(str::to_owned),
            message: dossier::read_message(&mut reader, 0)?,
        }),
        1 => Ok(Item::Contact {
            conversation: reader.str()?.to_owned(),
            contact: dossier::read_contact(&mut reader)?,
        }),
        2 => Ok(Item::Rating {
            conversation: reader.opt_str()?.map(str::to_owned),
            rating: dossier::read_rating(&mut reader)?,
        }),
        _ => Err(Error::internal("a record of the import's own runs is damaged")),
    }
}

/// A wall-clock time is that of the zone in which the shop's clocks showed its day.
fn resolve(moment: Moment, zone: &ShopZone) -> Result<i64, Reason> {
    match moment {
        Moment::Local(local) => moment.resolve(zone.zone_on(local.date())),
        Moment::Utc(at) => Ok(at),
    }
}

fn put_name(out: &mut Vec<u8>, name: Option<&str>) {
    kexun_base::bytes::put_opt_str(out, name);
}

fn first_u64(hash: &[u8; 32]) -> u64 {
    u64::from_le_bytes(hash[..8].try_into().expect("eight of thirty-two bytes"))
}

fn sender_of(sender: kexun_importers::Sender) -> Sender {
    match sender {
        kexun_importers::Sender::Customer => Sender::Customer,
        kexun_importers::Sender::Agent => Sender::Agent,
        kexun_importers::Sender::Robot => Sender::Robot,
        kexun_importers::Sender::System => Sender::System,
    }
}

fn channel_of(channel: kexun_importers::Channel) -> Channel {
    match channel {
        kexun_importers::Channel::Chat => Channel::Chat,
        kexun_importers::Channel::Phone => Channel::Phone,
        kexun_importers::Channel::Email => Channel::Email,
        kexun_importers::Channel::Ticket => Channel::Ticket,
    }
}
