//! What this wing adds to the answers of people's: the home page, and how much an account served.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use kexun_base::time::Day;
use kexun_base::{Ctx, Result};
use kexun_people::additions::{Additions, Volume};
use kexun_people::tenants::{ShopId, TenantId};

use crate::kpi::{Cells, cells};
use crate::{editions, home};

/// Registers them.
#[must_use]
pub fn additions(additions: Additions) -> Additions {
    additions
        .with_home(Arc::new(|ctx, caller| Box::pin(async move { home::part(&ctx, &caller).await })))
        .with_volumes(Arc::new(|ctx, tenant, numbers| Box::pin(volumes(ctx, tenant, numbers))))
}

/// How many conversations accounts served, ever, and in which shop most.
async fn volumes(ctx: Ctx, tenant: TenantId, numbers: Vec<i32>) -> Result<HashMap<i32, Volume>> {
    let db = ctx.db().read();
    let edition = editions::published(db, tenant).await?;
    let days = (Day(0), Day(i32::MAX));
    let wanted = Cells { scope: "agent", days, shops: None, numbers: Some(numbers) };
    let mut served: HashMap<i32, BTreeMap<ShopId, u64>> = HashMap::new();
    for cell in cells(db, tenant, edition, &wanted).await? {
        *served.entry(cell.number).or_default().entry(cell.shop).or_default() += cell.figures.conversations;
    }
    let volume = |shops: BTreeMap<ShopId, u64>| Volume {
        conversations: shops.values().sum(),
        shop: shops.into_iter().max_by_key(|(_, count)| *count).map(|(shop, _)| shop),
    };
    Ok(served.into_iter().map(|(number, shops)| (number, volume(shops))).collect())
}
