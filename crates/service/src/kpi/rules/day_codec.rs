//! [`DayFigures`] as bytes: a version and a row of variable-length numbers.
//!
//! Most cells are an agent's day: a few dozen counts, most of them small, and sets of a few dozen
//! customers. Numbers of seven bits and differences between neighbours suit that better than a
//! general format would.

use std::collections::BTreeMap;

use kexun_stats::histogram::Histogram;
use roaring::RoaringBitmap;

use super::codec::{DecodeError, Reader, put};
use super::day::{Askers, DayFigures, Mean, Share};

const VERSION: u8 = 1;

impl DayFigures {
    /// The figures as bytes; equal figures give equal bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![VERSION];
        for count in [
            self.outbound,
            self.conversations,
            self.unanswered,
            self.rated,
            self.closed.n,
            self.closed.hits,
            self.customer_messages,
            self.agent_messages,
            self.handling.n,
            self.handling.sum,
            self.rounds,
            self.taobao.n,
            self.taobao.hits,
            self.wangwang.n,
            self.wangwang.sum,
            self.jd.n,
            self.jd.hits,
            self.douyin.n,
            self.douyin.hits,
        ] {
            put(&mut out, count);
        }
        for count in self.scores {
            put(&mut out, count);
        }
        put_histogram(&mut out, &self.first_responses);
        put_histogram(&mut out, &self.responses);
        put_set(&mut out, &self.customers);
        put_set(&mut out, &self.kuaishou_reached);
        put_set(&mut out, &self.kuaishou_late);
        put(&mut out, self.pdd.len() as u64);
        for (&day, askers) in &self.pdd {
            put(&mut out, zigzag(day));
            put_set(&mut out, &askers.asked);
            put_set(&mut out, &askers.neglected);
        }
        out
    }

    /// The figures that [`DayFigures::encode`] wrote.
    ///
    /// # Errors
    /// Bytes that are cut off, too long, of another version, out of order, or say what cannot be
    /// (more hits than cases).
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(bytes, VERSION)?;
        let r = &mut reader;
        // Fields of a struct expression are evaluated in the order written here: that of `encode`.
        let figures = Self {
            outbound: r.u64()?,
            conversations: r.u64()?,
            unanswered: r.u64()?,
            rated: r.u64()?,
            closed: share(r)?,
            customer_messages: r.u64()?,
            agent_messages: r.u64()?,
            handling: mean(r)?,
            rounds: r.u64()?,
            taobao: share(r)?,
            wangwang: mean(r)?,
            jd: share(r)?,
            douyin: share(r)?,
            scores: [r.u64()?, r.u64()?, r.u64()?, r.u64()?, r.u64()?],
            first_responses: histogram(r)?,
            responses: histogram(r)?,
            customers: set(r)?,
            kuaishou_reached: set(r)?,
            kuaishou_late: set(r)?,
            pdd: pdd(r)?,
        };
        reader.end()?;
        figures.check()?;
        Ok(figures)
    }

    /// What holds of every set of figures that was counted rather than made up.
    fn check(&self) -> Result<(), DecodeError> {
        let contacts = self.conversations.saturating_add(self.unanswered);
        let sound = self.rated <= contacts
            && self.responses.total() <= self.rounds
            && self.taobao.n <= self.rounds
            && self.wangwang.n <= self.rounds
            && self.kuaishou_late.is_subset(&self.kuaishou_reached)
            && (self.pdd.values()).all(|day| day.neglected.is_subset(&day.asked));
        if sound { Ok(()) } else { Err(DecodeError("figures contradict each other")) }
    }
}

fn share(r: &mut Reader<'_>) -> Result<Share, DecodeError> {
    let (n, hits) = (r.u64()?, r.u64()?);
    if hits > n {
        return Err(DecodeError("more hits than cases"));
    }
    Ok(Share { n, hits })
}

fn mean(r: &mut Reader<'_>) -> Result<Mean, DecodeError> {
    let (n, sum) = (r.u64()?, r.u64()?);
    if n == 0 && sum > 0 {
        return Err(DecodeError("a sum of nothing"));
    }
    Ok(Mean { n, sum })
}

fn put_histogram(out: &mut Vec<u8>, histogram: &Histogram) {
    put(out, histogram.bins().count() as u64);
    let mut before = 0;
    for (seconds, count) in histogram.bins() {
        put(out, u64::from(seconds - before));
        put(out, count);
        before = seconds;
    }
}

fn histogram(r: &mut Reader<'_>) -> Result<Histogram, DecodeError> {
    let len = r.count(2)?;
    let mut histogram = Histogram::new();
    let mut before = 0u32;
    for place in 0..len {
        let (step, count) = (r.u32()?, r.u64()?);
        if count == 0 || (step == 0 && place > 0) {
            return Err(DecodeError("times out of order"));
        }
        before = before.checked_add(step).ok_or(DecodeError("time out of range"))?;
        histogram.add_many(before, count);
    }
    Ok(histogram)
}

fn put_set(out: &mut Vec<u8>, set: &RoaringBitmap) {
    put(out, set.len());
    let mut before = 0;
    for number in set {
        put(out, u64::from(number - before));
        before = number;
    }
}

fn set(r: &mut Reader<'_>) -> Result<RoaringBitmap, DecodeError> {
    let len = r.count(1)?;
    let mut set = RoaringBitmap::new();
    let mut before = 0u32;
    for _ in 0..len {
        let number = before.checked_add(r.u32()?);
        before = number.ok_or(DecodeError("customer out of range"))?;
        if set.try_push(before).is_err() {
            return Err(DecodeError("customers out of order"));
        }
    }
    Ok(set)
}

fn pdd(r: &mut Reader<'_>) -> Result<BTreeMap<i32, Askers>, DecodeError> {
    let len = r.count(3)?;
    let mut days = BTreeMap::new();
    for _ in 0..len {
        let day = unzigzag(r.u32()?);
        if days.last_key_value().is_some_and(|(&last, _)| last >= day) {
            return Err(DecodeError("days out of order"));
        }
        let askers = Askers { asked: set(r)?, neglected: set(r)? };
        days.insert(day, askers);
    }
    Ok(days)
}

/// Small numbers of either sign as small numbers: 0, −1, 1, −2 … as 0, 1, 2, 3 …
fn zigzag(day: i32) -> u64 {
    u64::from((day << 1 ^ day >> 31) as u32)
}

fn unzigzag(coded: u32) -> i32 {
    (coded >> 1) as i32 ^ -((coded & 1) as i32)
}
