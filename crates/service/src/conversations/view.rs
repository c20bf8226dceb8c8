//! A conversation as people read it: rounds and waiting times marked, personal data as chips.

use std::collections::HashMap;

use kexun_base::events::{NewEvent, record};
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::{Caller, Right};
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::browse::customers_of;
use super::browse_store::by_id;
use super::dossier::{Dossier, Message, RatingNote};
use super::facts::channel_of_word;
use super::sight::{Sight, Weighed};
use super::store::{ConversationRow, Stored, imports_named, with_dossiers};
use super::wire::{
    AgentName, ClearTurn, Conversation, CustomerName, ImportName, Outcome, PieceChip, Rating, Reason,
    ShopName, Turn, Unmasked,
};
use super::{ConversationId, wire};
use crate::customers::{self, Customer, CustomerId};
use crate::editions;
use crate::imports;
use crate::kpi::rules::{Sender, Timeline, rounds};
use crate::privacy::masking::{Kind, restore};
use crate::privacy::{masking, pieces_of_bytes};

pub(super) use super::wire::ConversationItem;

/// Names of the customers of a page.
pub(super) struct Names(HashMap<CustomerId, Customer>);

impl Names {
    /// Loads the names for rows.
    pub(super) async fn load<'a>(
        db: &impl ConnectionTrait,
        tenant: TenantId,
        rows: impl Iterator<Item = &'a ConversationRow>,
    ) -> Result<Names> {
        customers::by_ids(db, tenant, &customers_of(rows)).await.map(Names)
    }
}

/// A row as a list shows it.
pub(super) fn item(
    sight: &Sight,
    names: &Names,
    row: &ConversationRow,
    weighed: &Weighed,
) -> ConversationItem {
    let customer = row.customer_id.map(|id| {
        let name = names.0.get(&id).and_then(|c| c.name.clone());
        CustomerName { id, name }
    });
    let shop = sight.shops.get(&row.shop_id).map(|s| s.name.clone()).unwrap_or_default();
    ConversationItem {
        id: row.id,
        source_id: row.source_id.clone(),
        shop: ShopName { id: row.shop_id, name: shop },
        customer,
        channel: channel_of_word(&row.channel).into(),
        started_at: row.started_at,
        ended_at: row.ended_at,
        agents: agents(&weighed.timeline).into_iter().filter_map(|n| agent(sight, n)).collect(),
        messages: row.messages,
        rounds: row.rounds,
        answered: row.answered,
        first_response_s: row.first_response_s,
        slowest_s: row.slowest_s,
        score: row.score,
        miss: None,
    }
}

fn agent(sight: &Sight, number: u32) -> Option<AgentName> {
    sight.account(number).map(|a| AgentName { id: a.id, name: a.name.clone() })
}

/// The agents who wrote, in that order; where none did, whose the rounds were.
fn agents(timeline: &Timeline) -> Vec<u32> {
    let messages = timeline.utterances();
    let wrote = messages.iter().filter(|u| u.sender == Sender::Agent).filter_map(|u| u.agent);
    let mut found: Vec<u32> = Vec::new();
    let mut add = |agent| {
        if !found.contains(&agent) {
            found.push(agent);
        }
    };
    wrote.for_each(&mut add);
    if found.is_empty() {
        rounds(messages).filter_map(|r| r.agent).for_each(|agent| found.push(agent));
    }
    found
}

/// One conversation that a right of the caller reaches, with its dossier.
async fn visible(
    db: &impl ConnectionTrait,
    caller: &Caller,
    right: Right,
    id: ConversationId,
) -> Result<(Sight, Stored, Weighed)> {
    let sight = Sight::load(db, caller.scope(right)?).await?;
    let edition = editions::published(db, sight.scope.tenant).await?;
    let row = by_id(db, sight.scope.tenant, edition, id).await?;
    let weighed = sight.weigh(&row)?;
    if !sight.sees(&row, &weighed) {
        return Err(Error::not_found("conversation"));
    }
    let stored = with_dossiers(db, vec![row]).await?.pop();
    let stored = stored.ok_or_else(|| Error::internal("a conversation was lost while it was read"))?;
    Ok((sight, stored, weighed))
}

/// One conversation.
///
/// # Errors
/// `not_found` when there is none, or none that the caller may see.
pub async fn conversation(ctx: &Ctx, caller: &Caller, id: ConversationId) -> Result<Conversation> {
    let tx = ctx.db().snapshot().await?;
    let (sight, Stored { row, dossier }, weighed) = visible(&tx, caller, Right::ConversationRead, id).await?;
    let names = Names::load(&tx, caller.tenant, std::iter::once(&row)).await?;
    let imports = if caller.may(Right::ImportRead) {
        imports::by_numbers(&tx, caller.tenant, &imports_named(&row)?).await?
    } else {
        Vec::new()
    };
    let named = |import: imports::Import| ImportName {
        id: import.id,
        number: import.number,
        kind: import.kind,
        file_name: import.file_name,
    };
    let ratings: Vec<Rating> = dossier.effective_ratings().into_iter().map(rating).collect();
    Ok(Conversation {
        item: item(&sight, &names, &row, &weighed),
        turns: turns(&dossier, &weighed.timeline, |number| agent(&sight, number)),
        rating: ratings.last().cloned(),
        ratings,
        product: dossier.messages.iter().find_map(|m| m.product.clone()),
        order_id: dossier.messages.iter().find_map(|m| m.order.clone()),
        outcome: outcome(&dossier),
        imports: imports.into_iter().map(named).collect(),
        masked: dossier.messages.iter().any(|m| !m.sealed.is_empty()),
    })
}

fn rating(note: &RatingNote) -> Rating {
    Rating { at: note.at, score: note.score, comment: note.comment.clone() }
}

fn outcome(dossier: &Dossier) -> Option<Outcome> {
    dossier.contact().map(|contact| Outcome {
        kind: contact.kind.clone(),
        opened_at: contact.opened_at,
        closed_at: contact.closed_at,
        solved: contact.solved,
        call_s: contact.call_s,
    })
}

/// The messages with their rounds. The timeline was made of the same messages in the same order.
fn turns(dossier: &Dossier, timeline: &Timeline, agent: impl Fn(u32) -> Option<AgentName>) -> Vec<Turn> {
    let turn = |(index, message): (usize, &Message)| Turn {
        index,
        at: message.at,
        sender: message.sender.into(),
        agent: message.agent.and_then(&agent),
        text: message.text.clone(),
        pieces: if message.sealed.is_empty() { Vec::new() } else { chips(&message.text) },
        round: None,
        wait_s: None,
        unanswered: false,
    };
    let mut turns: Vec<Turn> = dossier.messages.iter().enumerate().map(turn).collect();
    for (number, round) in (1..).zip(rounds(timeline.utterances())) {
        let asked =
            turns[round.start..round.end].iter_mut().filter(|turn| turn.sender == wire::Sender::Customer);
        for turn in asked {
            turn.round = Some(number);
            turn.unanswered = round.answer.is_none();
        }
        if let Some(answer) = round.answer {
            turns[answer].round = Some(number);
            turns[answer].wait_s = round.response_s;
        }
    }
    turns
}

/// The pieces that were masked in a text, in its order.
fn chips(text: &str) -> Vec<PieceChip> {
    let mut found: Vec<(usize, Kind)> = Kind::ALL
        .into_iter()
        .flat_map(|kind| text.match_indices(kind.placeholder()).map(move |(at, _)| (at, kind)))
        .collect();
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, kind)| kind.into()).collect()
}

/// The masked messages of a conversation in clear. Who asked for it, and why, is in the audit log
/// before this returns.
///
/// # Errors
/// `not_found` when the right to unmask does not reach it; `invalid` without a reason.
pub async fn unmask(ctx: &Ctx, caller: &Caller, id: ConversationId, reason: &Reason) -> Result<Unmasked> {
    let reason = reason.words()?;
    let (_, stored, _) = visible(ctx.db().read(), caller, Right::ConversationUnmask, id).await?;
    let customer = match stored.row.customer_id {
        Some(id) => Some(customers::by_id(ctx.db().read(), caller.tenant, id).await?),
        None => None,
    };
    let key = match customer.as_ref().and_then(|c| Some((c.id, c.wrapped.as_deref()?))) {
        Some((id, wrapped)) => Some(customers::unwrap(ctx, id, wrapped)?),
        None => None,
    };
    let mut turns = Vec::new();
    for (index, message) in stored.dossier.messages.iter().enumerate() {
        // Without a key the customer was erased meanwhile: nothing is to be had any more.
        if let Some(key) = key.as_ref().filter(|_| !message.sealed.is_empty()) {
            let pieces = pieces_of_bytes(&key.open(stored.row.group_hash.as_bytes(), &message.sealed)?)?;
            turns.push(ClearTurn { index, text: restore(&message.text, &pieces) });
        }
    }
    let tx = ctx.db().begin().await?;
    let event = NewEvent {
        tenant: caller.tenant.0,
        kind: "conversation.unmasked",
        actor: caller.actor(),
        subject_kind: "conversation",
        subject: id.0,
        data: json!({ "reason": reason, "messages": turns.len() }),
        caused_by: None,
    };
    record(ctx, &tx, event).await?;
    tx.commit().await?;
    Ok(Unmasked { turns })
}

impl Reason {
    /// The words, fit for the audit log: never empty, without personal data.
    ///
    /// # Errors
    /// `invalid` when there are none, or too many.
    pub fn words(&self) -> Result<String> {
        let words = self.reason.trim();
        if words.is_empty() || words.chars().count() > 500 {
            return Err(Error::field("reason", "must be 1 to 500 characters: it stands in the audit log"));
        }
        Ok(masking::mask(words).text.replace('\0', "\u{fffd}"))
    }
}
