//! Counting days from conversations that are being written, instead of reading them again.
//!
//! Only where all conversations of a day come by: at the first import of a tenant. They come in the order of the
//! days on which they begin, so that a day is complete once one of a later day comes.

use std::collections::{BTreeMap, BTreeSet};

use kexun_base::db::Tx;
use kexun_base::time::Day;
use kexun_base::{Ctx, Result};
use kexun_people::staff::accounts::Rosters;
use kexun_people::tenants::{ShopId, TenantId};

use super::Zones;
use super::rebuild::{OfDay, count, write_days};
use crate::conversations::Counted;
use crate::editions::Staging;

/// Conversations kept at most; where more come in a few days, the days are read again.
const MOST_KEPT: usize = 60_000;
/// Days after its first on which a conversation may count, to be kept. What lasts longer is kept for none of its days,
/// which are read again.
const MOST_DAYS: i32 = 31;

/// Days being counted.
pub struct Counting {
    zones: Zones,
    rosters: Rosters,
    /// What counts on days that are not complete.
    open: BTreeMap<(Day, ShopId), Vec<Counted>>,
    kept: usize,
    given_up: bool,
    /// Of each shop the last day of what lasts too long to be kept: no day up to it is counted here.
    left: BTreeMap<ShopId, Day>,
    done: BTreeSet<(ShopId, Day)>,
}

/// Days that were counted.
pub struct CountedDays(Vec<((ShopId, Day), OfDay)>);

impl Counting {
    /// Nothing counted yet.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn begin(ctx: &Ctx, tenant: TenantId, zones: &Zones) -> Result<Self> {
        let rosters = Rosters::load(ctx.db().read(), tenant).await?;
        Ok(Counting {
            zones: zones.clone(),
            rosters,
            open: BTreeMap::new(),
            kept: 0,
            given_up: false,
            left: BTreeMap::new(),
            done: BTreeSet::new(),
        })
    }

    /// Takes the next conversation, in the order of first days.
    pub fn take(&mut self, shop: ShopId, conversation: &Counted) {
        let (first, last) = (conversation.first_day.0, conversation.last_day.0);
        let days = last.saturating_sub(first);
        if self.given_up || self.kept > MOST_KEPT {
            self.given_up = true;
            self.open.clear();
            return;
        }
        if days > MOST_DAYS {
            self.leave(shop, conversation.last_day);
            return;
        }
        let left = self.left.get(&shop).map_or(i32::MIN, |last| last.0.saturating_add(1));
        for day in first.max(left)..=last {
            self.open.entry((Day(day), shop)).or_default().push(conversation.clone());
            self.kept += 1;
        }
    }

    /// Leaves the days of a shop up to this one, of those that are not complete, to be read again.
    fn leave(&mut self, shop: ShopId, last: Day) {
        let left = self.left.entry(shop).or_insert(last);
        *left = last.max(*left);
        let kept = &mut self.kept;
        self.open.retain(|(day, of), rows| {
            let stays = *of != shop || *day > last;
            *kept -= if stays { 0 } else { rows.len() };
            stays
        });
    }

    /// Counts the days that are complete now that the next conversation begins on this one; none follows: all.
    ///
    /// # Errors
    /// When a conversation is damaged.
    pub fn complete(&mut self, next: Option<Day>) -> Result<CountedDays> {
        let mut counted = Vec::new();
        while let Some(entry) = self.open.first_entry()
            && next.is_none_or(|next| entry.key().0 < next)
        {
            let ((day, shop), rows) = entry.remove_entry();
            self.kept -= rows.len();
            let zone = self.zones.get(&shop).cloned().unwrap_or_default();
            counted.push(((shop, day), count(&rows, day, &zone, &self.rosters)?));
            self.done.insert((shop, day));
        }
        Ok(CountedDays(counted))
    }

    /// The days that were counted.
    pub fn done(self) -> BTreeSet<(ShopId, Day)> {
        self.done
    }
}

impl CountedDays {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes them in the edition that is being staged.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn write(self, ctx: &Ctx, tx: &Tx, staging: &Staging) -> Result<()> {
        write_days(ctx, tx, staging, self.0).await
    }
}
