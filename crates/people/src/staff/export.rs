//! Staff as a spreadsheet, in the columns that the import reads.

use std::collections::{BTreeSet, HashMap};
use std::io::Cursor;

use kexun_base::{Ctx, Error, Result};
use kexun_importers::records::Record;
use kexun_importers::{Lang, SheetFormat, StaffRow, TableWriter, Value};
use serde_json::json;

use super::service::record;
use super::{accounts, store};
use crate::persons;
use crate::rights::{By, Caller, Right};
use crate::tenants::{self, Shop};

/// The members within the caller's scope as a sheet. It leaves the program, so it is audited.
///
/// # Errors
/// `forbidden` without the right to see staff.
pub async fn export(ctx: &Ctx, caller: &Caller, format: SheetFormat, lang: Lang) -> Result<Vec<u8>> {
    let scope = caller.scope(Right::StaffRead)?;
    let tx = ctx.db().begin().await?;
    let members = store::all(&tx, &scope).await?;
    let data = json!({ "rows": members.len(), "format": format.extension() });
    record(ctx, &tx, By::Caller(caller), "staff.exported", "tenant", scope.tenant.0, data).await?;
    tx.commit().await?;
    let db = ctx.db().read();
    let ids: Vec<_> = members.iter().map(|m| m.person_id).collect();
    let people = persons::by_ids(db, &ids).await?;
    let shops = tenants::shops(db, scope.tenant).await?;
    let teams: HashMap<_, _> =
        tenants::teams(db, scope.tenant).await?.into_iter().map(|t| (t.id, t.name)).collect();
    let grants = store::grants(db, scope.tenant, None).await?;
    let mut rows = Vec::with_capacity(members.len());
    for member in members {
        let person = people.get(&member.person_id);
        let roles: BTreeSet<&str> =
            grants.get(&member.id).into_iter().flatten().map(|(_, g)| g.role.word()).collect();
        rows.push(HashMap::from([
            ("account", member.account),
            ("name", member.name),
            ("shop", member.shop_id.map(|id| named(&shops, id)).unwrap_or_default()),
            ("team", member.team_id.and_then(|id| teams.get(&id).cloned()).unwrap_or_default()),
            ("level", member.level),
            ("joined_on", member.joined_on.map(|day| day.to_string()).unwrap_or_default()),
            ("phone", person.and_then(|p| p.phone.clone()).unwrap_or_default()),
            ("email", person.and_then(|p| p.email.clone()).unwrap_or_default()),
            ("position", member.position),
            ("roles", roles.into_iter().collect::<Vec<_>>().join(", ")),
        ]));
    }
    let written = tokio::task::spawn_blocking(move || write(&rows, format, lang)).await;
    Ok(written.map_err(|e| Error::internal(format!("writing the sheet broke: {e}")))??)
}

fn write(rows: &[HashMap<&str, String>], format: SheetFormat, lang: Lang) -> std::io::Result<Vec<u8>> {
    let columns = StaffRow::columns();
    let header: Vec<&str> = columns.iter().map(|c| lang.pick(c.zh, c.name)).collect();
    let mut table = TableWriter::new(format, Cursor::new(Vec::new()), &header)?;
    for row in rows {
        let cells: Vec<Value<'_>> = columns
            .iter()
            .map(|c| row.get(c.name).filter(|t| !t.is_empty()).map_or(Value::Empty, |t| Value::Text(t)))
            .collect();
        table.row(&cells)?;
    }
    Ok(table.finish()?.into_inner())
}

/// A shop as a sheet names it: by its name, where that means no other shop too.
fn named(shops: &[Shop], id: tenants::ShopId) -> String {
    let Some(shop) = shops.iter().find(|s| s.id == id) else { return String::new() };
    let alone = shops.iter().all(|s| s.id == id || (s.name != shop.name && s.code != shop.name));
    if alone { shop.name.clone() } else { shop.code.clone() }
}

/// Names of the members that own accounts, by account number: for pages that show accounts.
pub(super) async fn owners(
    ctx: &Ctx,
    tenant: tenants::TenantId,
    page: &[accounts::Account],
) -> Result<HashMap<i32, String>> {
    let names = store::names(ctx.db().read(), tenant).await?;
    let owned = page.iter().filter_map(|a| Some((a.number, names.get(&a.staff_id?)?.clone())));
    Ok(owned.collect())
}
