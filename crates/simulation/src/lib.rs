//! A simulated customer-service organisation: a marketplace with three merchants, five
//! shops and some sixty people of every role, and the chats, ratings and contact records
//! they produce, for `kexun demo` and for tests.
//!
//! Everything follows from a [`Plan`]: the same plan gives the same organisation and the
//! same stream, message for message. There is no clock, no file and no database here; the
//! crate only *describes*, and the program imports the description as it imports any file.
//! Because the people's true parameters are known ([`Truth`]), what statistics find in the
//! figures can be held against what is really so.
//!
//! Times are local to the shops' zone, in whole seconds, as platforms export them.

mod calendar;
mod cast;
mod catalogue;
mod conversation;
mod day;
mod draw;
mod event;
mod model;
mod names;
mod organisation;
mod plan;
mod render;
mod roster;
mod skill;
mod talk;
mod texts;
mod timeline;
mod training;
mod truth;

pub use event::{Event, EventKind};
pub use model::{
    Channel, Contact, Level, Marketplace, Merchant, Message, Outcome, Position, ProductLine, Rating, Role,
    Sender, Shop, Staff, Team,
};
pub use organisation::Organisation;
pub use plan::Plan;
pub use skill::{Skill, Weakness};
pub use texts::{Phase, Situation, situations};
pub use training::{Earlier, Training};
pub use truth::{AgentTruth, Truth, WeakSpot};
