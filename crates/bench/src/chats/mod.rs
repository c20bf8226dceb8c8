//! A month of a shop organisation's chats, made up: conversations of some eight messages that interleave, ordered by
//! time, with personal data in two of a hundred texts. The same settings make the same bytes.

mod texts;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::Write;

use chrono::{Days, NaiveDate};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use texts::Who;

/// What is to be made.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How many messages.
    pub messages: u64,
    /// How many agents.
    pub agents: u64,
    /// How many shops.
    pub shops: u64,
    /// The first day.
    pub from: NaiveDate,
    /// How many days.
    pub days: u64,
    /// Other seeds make other chats.
    pub seed: u64,
}

/// Messages of a conversation on average.
const LENGTH: u64 = 8;
/// How busy the hours of a day are.
const HOURS: [u64; 24] =
    [3, 2, 1, 1, 1, 1, 2, 4, 8, 12, 14, 13, 10, 12, 14, 14, 13, 11, 11, 14, 17, 17, 13, 7];
const DAY_S: u64 = 86_400;

/// Chance.
struct Draw(ChaCha8Rng);

impl Draw {
    /// A number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.0.next_u64()) * u128::from(end)) >> 64) as u64
    }

    /// Whether something happens that does so `percent` times of a hundred.
    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len() as u64) as usize]
    }
}

/// A conversation that goes on; ordered by the time of its next message.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Chat {
    next_at: u64,
    number: u64,
    shop: u64,
    customer: u64,
    agent: u64,
    left: u64,
    last: Option<Who>,
    topic: u64,
    order: Option<u64>,
}

/// Writes the chats as CSV.
///
/// # Errors
/// When they cannot be written.
pub fn write(settings: &Settings, mut out: impl Write) -> std::io::Result<()> {
    let mut draw = Draw(ChaCha8Rng::seed_from_u64(settings.seed));
    let mut dates = Vec::new();
    for day in 0..settings.days + 2 {
        dates.push((settings.from + Days::new(day)).to_string());
    }
    writeln!(out, "conversation_id,shop,customer,sent_at,sender,agent,text,order_id")?;
    let mut open = BinaryHeap::new();
    let (mut begun, mut planned) = (0, 0);
    let mut arrival = None;
    let (mut text, mut line) = (String::new(), Vec::new());
    loop {
        if arrival.is_none() && planned < settings.messages {
            let chat = begin(settings, &mut draw, begun, planned);
            (begun, planned) = (begun + 1, planned + chat.left);
            arrival = Some(chat);
        }
        let due = |Reverse(next): &Reverse<Chat>| arrival.as_ref().is_none_or(|new| next <= new);
        let chat = if open.peek().is_some_and(due) { open.pop().map(|Reverse(c)| c) } else { arrival.take() };
        let Some(mut chat) = chat else { return out.flush() };
        let who = speak(settings, &mut draw, &mut chat);
        texts::say(&mut draw, who, &chat, &mut text);
        line.clear();
        put_line(&mut line, &chat, who, &dates, &text)?;
        out.write_all(&line)?;
        chat.left -= 1;
        if chat.left > 0 {
            chat.next_at += pause(&mut draw, who);
            chat.last = Some(who);
            open.push(Reverse(chat));
        }
    }
}

/// The conversation `number`, before which `planned` messages were; spread over days and hours as a shop's are.
fn begin(settings: &Settings, draw: &mut Draw, number: u64, planned: u64) -> Chat {
    let length = 2 + draw.below(LENGTH - 1) + draw.below(LENGTH - 1);
    let length = length.min(settings.messages - planned);
    let weight: u64 = HOURS.iter().sum();
    // Its place in the whole is the share of the messages before it, so that the places are in order.
    let fine = 1 << 20;
    let place = (planned * fine + draw.below(length * fine)) * settings.days;
    let (day, rest) = (place / (settings.messages * fine), place % (settings.messages * fine));
    let mut left = u128::from(rest) * u128::from(weight * 3600) / u128::from(settings.messages * fine);
    let mut second = 0;
    for busy in HOURS {
        let hour = u128::from(busy * 3600);
        if left < hour {
            second += (left / u128::from(busy)) as u64;
            break;
        }
        left -= hour;
        second += 3600;
    }
    let shop = draw.below(settings.shops);
    let customers = (settings.messages / 12).max(1);
    Chat {
        next_at: day * DAY_S + second.min(DAY_S - 1),
        number,
        shop,
        customer: draw.below(customers),
        agent: agent(settings, draw, shop, day),
        left: length,
        last: None,
        topic: draw.below(1 << 16),
        order: draw.chance(30).then(|| 2_600_000_000_000_000_000 + draw.below(600_000_000_000_000_000)),
    }
}

/// An agent of the shop who works on that day: five days of seven.
fn agent(settings: &Settings, draw: &mut Draw, shop: u64, day: u64) -> u64 {
    let own = (settings.agents - shop - 1) / settings.shops + 1;
    let place = draw.below(own);
    let place = if (place + day) % 7 < 5 { place } else { (place + 3) % own };
    shop + place * settings.shops
}

/// Who says the next message; now and then a chat is handed to another agent.
fn speak(settings: &Settings, draw: &mut Draw, chat: &mut Chat) -> Who {
    match chat.last {
        None => Who::Customer,
        Some(_) if draw.chance(2) => {
            chat.agent = agent(settings, draw, chat.shop, chat.next_at / DAY_S);
            Who::System
        }
        Some(Who::Customer) if chat.topic.is_multiple_of(4) && draw.chance(12) => Who::Robot,
        Some(Who::Customer | Who::System) if draw.chance(74) => Who::Agent,
        Some(Who::Customer | Who::System) => Who::Customer,
        Some(Who::Agent) if draw.chance(28) => Who::Agent,
        Some(Who::Agent | Who::Robot) => Who::Customer,
    }
}

/// Seconds until the next message: at least one, so that a conversation's messages have an order.
fn pause(draw: &mut Draw, before: Who) -> u64 {
    let usual = match before {
        Who::Customer => 3 + draw.below(50),
        Who::Robot | Who::System => 1 + draw.below(20),
        Who::Agent => 5 + draw.below(80),
    };
    if draw.chance(8) { usual + draw.below(900) } else { usual }
}

fn put_line(line: &mut Vec<u8>, chat: &Chat, who: Who, dates: &[String], text: &str) -> std::io::Result<()> {
    let (day, second) = ((chat.next_at / DAY_S) as usize, chat.next_at % DAY_S);
    let date = &dates[day.min(dates.len() - 1)];
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    write!(line, "c{:08},青禾{}店,tb{:07},", chat.number, chat.shop + 1, chat.customer)?;
    write!(line, "{date} {hour:02}:{minute:02}:{second:02},{}", who.word())?;
    // Like the export of a platform: the agent stands on the customer's rows, too, once there is one.
    if who == Who::Agent || (who == Who::Customer && chat.last.is_some()) {
        write!(line, ",kf{:04},", chat.agent + 1)?;
    } else {
        line.extend_from_slice(b",,");
    }
    if text.contains([',', '"', '\n']) {
        write!(line, "\"{}\",", text.replace('"', "\"\""))?;
    } else {
        write!(line, "{text},")?;
    }
    if let Some(order) = chat.order.filter(|_| who != Who::System) {
        write!(line, "{order}")?;
    }
    line.push(b'\n');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_as_asked_for_in_order_of_time_and_the_same_again() {
        let from = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
        let settings = Settings { messages: 5000, agents: 20, shops: 2, from, days: 3, seed: 7 };
        let make = || {
            let mut out = Vec::new();
            write(&settings, &mut out).expect("memory takes everything");
            String::from_utf8(out).expect("it is text")
        };
        let made = make();
        assert_eq!(made, make());
        let times: Vec<&str> = made.lines().skip(1).map(|l| l.split(',').nth(3).unwrap_or("")).collect();
        assert_eq!(times.len(), 5000);
        assert!(times.is_sorted());
        assert!((60 * 5000..160 * 5000).contains(&made.len()), "{} bytes", made.len());
    }
}
