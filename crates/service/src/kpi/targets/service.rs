//! Setting targets.

use kexun_base::events::{self, NewEvent};
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::{By, Right};
use kexun_people::tenants::{self, ShopId};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{Target, store};
use crate::kpi::rules::{Figure, Unit};

/// The longest time that can be a target: a week, in seconds.
const LONGEST_S: f64 = 7.0 * 86_400.0;

/// A target as it is to be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct Draft {
    /// Key of a figure of which one way is better and that is a share or a time.
    pub key: String,
    /// In which shop; none: in the whole tenant.
    pub shop_id: Option<ShopId>,
    /// A share from 0 to 1, or seconds; none withdraws it.
    pub target: Option<f64>,
    /// The version that was seen; 0 where there was none.
    #[serde(default)]
    pub version: i32,
}

/// Sets or withdraws a target.
///
/// # Errors
/// `invalid` for a key or number that cannot be; `not_found` for a shop; `forbidden` where the right
/// does not reach; `stale_version`.
pub async fn set(ctx: &Ctx, by: By<'_>, draft: &Draft) -> Result<Target> {
    let scope = by.scope(Right::TargetWrite)?;
    let key = checked(draft)?.to_string();
    if !scope.holds(draft.shop_id, None) {
        return Err(Error::forbidden("your right to set targets does not reach there; choose your own shop"));
    }
    let tx = ctx.db().begin().await?;
    if let Some(shop) = draft.shop_id {
        tenants::shop(&tx, scope.tenant, shop).await?;
    }
    let target = Target { key, shop_id: draft.shop_id, target: draft.target, version: draft.version };
    let (id, before) = store::put(ctx, &tx, scope.tenant, &target).await?;
    let event = NewEvent {
        tenant: scope.tenant.0,
        kind: "target.set",
        actor: by.actor(),
        subject_kind: "target",
        subject: id.0,
        data: json!({
            "key": target.key, "shop_id": target.shop_id, "target": target.target, "before": before,
        }),
        caused_by: None,
    };
    events::record(ctx, &tx, event).await?;
    tx.commit().await?;
    Ok(Target { version: draft.version.saturating_add(1), ..target })
}

fn checked(draft: &Draft) -> Result<Figure> {
    let unknown = |_| Error::field("key", "is no figure; GET /api/v1/kpi/definitions lists them");
    let figure: Figure = draft.key.parse().map_err(unknown)?;
    let definition = figure.definition();
    let limit = match definition.unit {
        Unit::Share => 1.0,
        Unit::Seconds => LONGEST_S,
        Unit::Count | Unit::Ratio => 0.0,
    };
    if definition.better.is_none() || limit == 0.0 {
        return Err(Error::field(
            "key",
            "takes no target: more of it is neither better nor worse, or it is a count",
        ));
    }
    // Not a number is in no range.
    if draft.target.is_some_and(|target| !(0.0..=limit).contains(&target)) {
        return Err(Error::field("target", format!("must be from 0 to {limit}")));
    }
    Ok(figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_reached_is_a_target() {
        let refused = |key: &str, target: f64| {
            let draft = Draft { key: key.into(), shop_id: None, target: Some(target), version: 0 };
            checked(&draft).err().map(|e| e.fields[0].field.clone())
        };
        assert_eq!(refused("first_response", 60.0), None);
        assert_eq!(refused("fcr", 0.8), None);
        assert_eq!(refused("satisfaction", 90.0).as_deref(), Some("target"));
        assert_eq!(refused("satisfaction", f64::NAN).as_deref(), Some("target"));
        for key in ["conversations", "unanswered", "reply_ratio", "handling_time", "nonsense"] {
            assert_eq!(refused(key, 1.0).as_deref(), Some("key"), "{key}");
        }
    }
}
