//! Rows of a work that was never published: no fault, nobody sees them.

use kexun_base::Result;
use kexun_base::findings::Findings;
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;

use super::store;

/// Says whether a work on a tenant's record is under way, or was cut off; returns the published
/// edition.
///
/// # Errors
/// When the database refuses.
pub async fn verify(db: &impl ConnectionTrait, tenant: TenantId, findings: &mut Findings) -> Result<i64> {
    let state = store::state(db, tenant).await?;
    if state.staged > state.published {
        findings.note(
            "imports",
            format!("edition {}", state.staged),
            "an import (or an undoing, or an erasure) is under way or was cut off; nobody sees anything of it",
            "nothing: the next one removes what it left",
        );
    }
    Ok(state.published)
}
