//! What a row brings, on its way from the file to its group.

use std::collections::HashMap;

use kexun_base::bytes::{Reader, put_bytes, put_i64, put_opt_str, put_str, put_u64};
use kexun_base::ids::Random;
use kexun_base::secrets::Key;
use kexun_base::time::Micros;
use kexun_base::{Error, Result};
use kexun_importers::{ContactOutcome, ContactRow, ConversationRow, Moment, RatingRow, Reason};
use kexun_people::tenants::TenantId;

use super::meet;
use crate::conversations::dossier::{self, Contact, Message, RatingNote};
use crate::conversations::merge::BY_ID;
use crate::kpi::rules::{Channel, Sender, ShopZone};
use crate::privacy::{masking, pieces_to_bytes};

const MESSAGE: u8 = 0;
const CONTACT: u8 = 1;
const RATING: u8 = 2;

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

/// A message as its row brings it, before what costs time is done; its texts lie in its [`Batch`].
#[derive(Debug)]
pub struct Draft {
    /// Row of the file.
    pub row: u64,
    /// Index of the shop within the import.
    pub shop: u32,
    at: Micros,
    sender: Sender,
    channel: Channel,
    agent: Option<u32>,
    customer: Part,
    conversation: Option<Part>,
    text: Part,
    message_id: Option<Part>,
    order: Option<Part>,
    product: Option<Part>,
    agent_name: Option<Part>,
}

/// Where a text lies in a batch.
type Part = (u32, u32);

/// Rows on their way from the thread that reads them to the one that masks and sorts them.
#[derive(Default)]
pub struct Batch {
    /// Messages.
    pub drafts: Vec<Draft>,
    /// Items that are ready, with the index of their shop.
    pub made: Vec<(u32, Made)>,
    texts: String,
}

impl Batch {
    /// Whether it is time to hand it over.
    pub fn is_full(&self) -> bool {
        self.drafts.len() + self.made.len() >= 1000 || self.texts.len() >= 256 << 10
    }

    /// Forgets everything but the memory.
    pub fn clear(&mut self) {
        self.drafts.clear();
        self.made.clear();
        self.texts.clear();
    }

    fn put(&mut self, text: &str) -> Part {
        let start = self.texts.len() as u32;
        self.texts.push_str(text);
        (start, self.texts.len() as u32)
    }

    /// Adds the message of a row. `agent` is the index of the agent's name.
    ///
    /// # Errors
    /// The reason why the row is rejected.
    pub fn message(
        &mut self,
        (row, shop): (u64, u32),
        it: &ConversationRow,
        zone: &ShopZone,
        agent: Option<u32>,
    ) -> Result<(), Reason> {
        let at = Micros(resolve(it.sent_at, zone)?);
        let sender = sender_of(it.sender);
        let mut put = |text: Option<&str>| text.map(|text| self.put(text));
        let draft = Draft {
            row,
            shop,
            at,
            sender,
            channel: channel_of(it.channel),
            agent,
            conversation: put(it.conversation_id.as_deref()),
            message_id: put(it.message_id.as_deref()),
            order: put(it.order_id.as_deref()),
            product: put(it.product.as_deref()),
            agent_name: put(it.agent.as_deref().filter(|_| sender == Sender::Agent)),
            customer: self.put(&it.customer),
            text: self.put(&it.text),
        };
        self.drafts.push(draft);
        Ok(())
    }

    fn part(&self, (start, end): Part) -> &str {
        &self.texts[start as usize..end as usize]
    }
}

/// What an import needs to make items: keys, and where randomness comes from.
pub struct Maker<'a> {
    /// Hashes what tells messages and groups apart; the same for all imports of all time.
    identity: &'a Key,
    /// Seals pieces on their way; forgotten when the import ends.
    passing: &'a Key,
    /// Where randomness comes from.
    random: &'a dyn Random,
    /// The tenant.
    tenant: TenantId,
    /// Groups of conversations and threads met lately, each with the shop where it was.
    lately: [HashMap<String, ([u8; 16], u32)>; 2],
}

/// How many groups are remembered: more than conversations go on at once.
const MOST_REMEMBERED: usize = 20_000;

/// What was written of a message.
pub struct Written {
    /// Its group.
    pub group: [u8; 16],
    /// Whether the group was not met lately, so that its customer may not have been, either.
    pub is_new: bool,
    /// Whether personal pieces came with it.
    pub has_pieces: bool,
}

/// A row turned into an item: the group within its shop, and the item as bytes.
pub struct Made {
    /// The group.
    pub group: [u8; 16],
    /// The item, for [`each`].
    pub bytes: Vec<u8>,
}

impl<'a> Maker<'a> {
    /// A maker that has met no group yet.
    pub fn new(identity: &'a Key, passing: &'a Key, random: &'a dyn Random, tenant: TenantId) -> Self {
        Maker { identity, passing, random, tenant, lately: Default::default() }
    }

    fn group(&self, kind: &str, name: &str) -> [u8; 16] {
        let tenant: &[u8] = self.tenant.0.as_bytes();
        let hash = self.identity.hash(&[tenant, b"group", kind.as_bytes(), name.as_bytes()]);
        hash[..16].try_into().expect("sixteen of thirty-two bytes")
    }

    /// The group of a message: its conversation or else its customer's thread; and whether it was not met lately
    /// at this shop.
    fn group_of(&mut self, shop: u32, conversation: Option<&str>, customer: &str) -> ([u8; 16], bool) {
        let (kind, name) = conversation.map_or((1, customer), |id| (0, id));
        if let Some((group, at)) = self.lately[kind].get_mut(name) {
            let is_new = *at != shop;
            *at = shop;
            return (*group, is_new);
        }
        let group = self.group(["conversation", "thread"][kind], name);
        if self.lately[kind].len() >= MOST_REMEMBERED {
            self.lately[kind].clear();
        }
        self.lately[kind].insert(name.to_owned(), (group, shop));
        (group, true)
    }

    /// Writes a message, masked, behind what `out` holds.
    pub fn message(&mut self, batch: &Batch, draft: &Draft, out: &mut Vec<u8>) -> Written {
        let (text, customer) = (batch.part(draft.text), batch.part(draft.customer));
        let part = |part: Option<Part>| part.map(|part| batch.part(part));
        let (conversation, order, product) =
            (part(draft.conversation), part(draft.order), part(draft.product));
        let (group, is_new) = self.group_of(draft.shop, conversation, customer);
        let masked = masking::mask_if_personal(text);
        let sealed = masked.as_ref().map_or_else(Vec::new, |masked| {
            self.passing.seal(self.random, &group, &pieces_to_bytes(&masked.pieces))
        });
        let has_extra = order.is_some() || product.is_some() || !sealed.is_empty();
        let flags = dossier::sender_code(draft.sender) | dossier::channel_code(draft.channel) << 4;
        put_u64(out, draft.row);
        out.push(MESSAGE);
        out.push(flags | u8::from(has_extra) << 2 | u8::from(draft.agent.is_some()) << 3);
        out.extend_from_slice(&self.message_ident(batch, draft).to_le_bytes());
        put_i64(out, draft.at.0);
        if let Some(agent) = draft.agent {
            put_u64(out, u64::from(agent));
        }
        put_str(out, customer);
        put_opt_str(out, conversation);
        put_str(out, masked.as_ref().map_or(text, |masked| &masked.text));
        if has_extra {
            put_opt_str(out, order);
            put_opt_str(out, product);
            put_bytes(out, &sealed);
        }
        Written { group, is_new, has_pieces: !sealed.is_empty() }
    }

    /// Writes down the customer that a message names, and gives what his rows are gathered by.
    pub fn customer(&self, batch: &Batch, draft: &Draft, has_pieces: bool, out: &mut Vec<u8>) -> [u8; 16] {
        let name = batch.part(draft.customer);
        meet::put(out, has_pieces, name);
        meet::gathering_hash(self.identity, name)
    }

    /// What tells a message apart, by the text *before* masking: two customers' numbers in the same
    /// sentence are two messages.
    fn message_ident(&self, batch: &Batch, draft: &Draft) -> u64 {
        let tenant: &[u8] = self.tenant.0.as_bytes();
        if let Some(id) = draft.message_id {
            return first_u64(&self.identity.hash(&[tenant, b"message id", batch.part(id).as_bytes()]))
                | BY_ID;
        }
        let hash = self.identity.hash(&[
            tenant,
            b"message",
            &draft.at.0.to_le_bytes(),
            &[dossier::sender_code(draft.sender)],
            draft.agent_name.map_or("", |name| batch.part(name)).as_bytes(),
            batch.part(draft.text).as_bytes(),
        ]);
        first_u64(&hash) & !BY_ID
    }

    /// What a source says of a contact.
    ///
    /// # Errors
    /// The reason why the row is rejected.
    pub fn contact(&self, place: u64, row: ContactRow, zone: &ShopZone) -> Result<Made, Reason> {
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
        let mut bytes = Vec::new();
        put_u64(&mut bytes, place);
        bytes.push(CONTACT);
        put_str(&mut bytes, &row.conversation_id);
        dossier::put_contact(&mut bytes, &contact);
        Ok(Made { group: self.group("conversation", &row.conversation_id), bytes })
    }

    /// A rating, its comment masked; what is masked in a comment is not kept.
    ///
    /// # Errors
    /// The reason why the row is rejected.
    pub fn rating(&self, place: u64, row: RatingRow, zone: &ShopZone) -> Result<Made, Reason> {
        let tenant: &[u8] = self.tenant.0.as_bytes();
        let rating = RatingNote {
            ident: first_u64(&self.identity.hash(&[tenant, b"rating", row.rating_id.as_bytes()])),
            at: Micros(resolve(row.rated_at, zone)?),
            score: row.score,
            comment: row.comment.map(|c| masking::mask(&c).text).unwrap_or_default(),
            sources: Vec::new(),
        };
        let mut bytes = Vec::new();
        put_u64(&mut bytes, place);
        bytes.push(RATING);
        put_opt_str(&mut bytes, row.conversation_id.as_deref());
        dossier::put_rating(&mut bytes, &rating);
        let group = match &row.conversation_id {
            Some(id) => self.group("conversation", id),
            None => self.group("rating", &row.rating_id),
        };
        Ok(Made { group, bytes })
    }
}

/// Reads the items of a group as they came out of the sorter: row and item, in order of rows.
///
/// # Errors
/// When the bytes are damaged; what `take` refuses.
pub fn each(bytes: &[u8], mut take: impl FnMut(u64, Item) -> Result<()>) -> Result<()> {
    let mut reader = Reader::new(bytes);
    while !reader.is_empty() {
        let row = reader.u64()?;
        let item = match reader.u8()? {
            MESSAGE => read_message(&mut reader)?,
            CONTACT => Item::Contact {
                conversation: reader.str()?.to_owned(),
                contact: dossier::read_contact(&mut reader)?,
            },
            RATING => Item::Rating {
                conversation: reader.opt_str()?.map(str::to_owned),
                rating: dossier::read_rating(&mut reader)?,
            },
            _ => return Err(Error::internal("a record of the import's own runs is damaged")),
        };
        take(row, item)?;
    }
    Ok(())
}

fn read_message(reader: &mut Reader<'_>) -> Result<Item> {
    let (flags, mut message) = dossier::read_start(reader, 0)?;
    let customer = reader.str()?.to_owned();
    let conversation = reader.opt_str()?.map(str::to_owned);
    dossier::read_texts(reader, flags, &mut message)?;
    Ok(Item::Message { customer, conversation, message })
}

/// A wall-clock time is that of the zone in which the shop's clocks showed its day.
fn resolve(moment: Moment, zone: &ShopZone) -> Result<i64, Reason> {
    match moment {
        Moment::Local(local) => moment.resolve(zone.zone_on(local.date())),
        Moment::Utc(at) => Ok(at),
    }
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
