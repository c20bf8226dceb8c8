//! The simulated organisation as data of the program: people through the functions that people use,
//! the record through the ordinary import, what they did about it through the operations that the web
//! uses. Every step finds out whether it was done already, so that
//! a build that was cut off is completed by running it again.

mod files;
mod people;
mod story;

use std::path::Path;

use kexun_base::events::Actor;
use kexun_base::http::PageRequest;
use kexun_base::{Ctx, Error, Result};
use kexun_people::tenants::{self, TenantId};
use kexun_service::imports::{self, Asked, Kind, Order, State};
use kexun_simulation::{Organisation, Plan};

/// Builds the organisation of a plan in the data that `ctx` has open; `say` hears what is being done.
///
/// # Errors
/// When the database or a file refuses; run again, it goes on.
pub async fn build(ctx: &Ctx, plan: &Plan, say: &(impl Fn(&str) + Sync)) -> Result<()> {
    let organisation = Organisation::build(plan);
    say("people");
    people::build(ctx, &organisation).await?;
    let missing = missing(ctx, &organisation).await?;
    if !missing.is_empty() {
        say("conversations");
        let folder = ctx.settings().folder.join("demo-files");
        files::write(&organisation, &folder)?;
        for (slug, tenant, kind) in missing {
            say(&format!("import of {} of {slug}", kind.word()));
            import(ctx, tenant, kind, &files::path(&folder, slug, kind)).await?;
        }
        std::fs::remove_dir_all(&folder)?;
    }
    say("trainings");
    story::build(ctx, plan, &organisation).await
}

const KINDS: [Kind; 3] = [Kind::Conversations, Kind::Contacts, Kind::Ratings];

/// The imports that are still to be done.
async fn missing(ctx: &Ctx, organisation: &Organisation) -> Result<Vec<(&'static str, TenantId, Kind)>> {
    let mut missing = Vec::new();
    for merchant in &organisation.merchants {
        let tenant = tenants::tenant_by_slug(ctx.db().read(), merchant.slug).await?.id;
        let page = PageRequest { cursor: None, limit: Some(200) };
        let imports = imports::list(ctx.db().read(), tenant, None, &page).await?.items;
        let done = |kind| imports.iter().any(|i| i.kind == kind && i.state == State::Done);
        missing.extend(KINDS.into_iter().filter(|k| !done(*k)).map(|kind| (merchant.slug, tenant, kind)));
    }
    Ok(missing)
}

async fn import(ctx: &Ctx, tenant: TenantId, kind: Kind, file: &Path) -> Result<()> {
    let file_name = file.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let bytes = std::fs::metadata(file)?.len();
    let order = Order { tenant, kind, file_name, asked: Asked::default(), bytes, actor: Actor::Operator };
    let import = imports::begin(ctx, ctx.id(), order, false).await?;
    let import = imports::run(ctx, tenant, import.id, file, false, |_| {}).await?;
    if import.rejected == 0 {
        return Ok(());
    }
    Err(Error::internal(format!("{} rows of the simulated record were rejected", import.rejected)))
}
