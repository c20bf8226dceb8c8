//! `kexun tenant`.

use std::collections::BTreeSet;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use kexun_base::events::Actor;
use kexun_base::{Ctx, Result};
use kexun_people::rights::By;
use kexun_people::sign_in::second_factor;
use kexun_people::tenants::{self, NewTenant};

use super::{Place, open};

/// Make tenants, and help one whose administrators are shut out.
#[derive(Debug, Args)]
pub struct Tenant {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a company of its own or, with --parent, a merchant of a marketplace.
    Create(Create),
    /// Ask nobody in a tenant for a second factor any more: where no administrator can set one up.
    SecondFactorOptional(SecondFactorOptional),
}

#[derive(Debug, Args)]
struct Create {
    /// Its short name: Latin letters, digits, - _ .
    slug: String,
    /// Its name.
    #[arg(long)]
    name: String,
    /// Short name of its marketplace.
    #[arg(long)]
    parent: Option<String>,
}

#[derive(Debug, Args)]
struct SecondFactorOptional {
    /// Its short name.
    slug: String,
}

impl Tenant {
    /// Does what is asked.
    pub async fn run(self) -> Result<ExitCode> {
        let ctx = open::open(&self.place, open::settings(&self.place)).await?;
        match self.command {
            Command::Create(create) => create.run(&ctx).await?,
            Command::SecondFactorOptional(optional) => optional.run(&ctx).await?,
        }
        ctx.db().close().await?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Create {
    async fn run(self, ctx: &Ctx) -> Result<()> {
        let tx = ctx.db().begin().await?;
        let parent = match &self.parent {
            Some(slug) => Some(tenants::tenant_by_slug(&tx, slug).await?.id),
            None => None,
        };
        let new = NewTenant { slug: self.slug, name: self.name, parent };
        let tenant = tenants::create(ctx, &tx, Actor::Operator, new).await?;
        tx.commit().await?;
        println!("{} {} ({})", tenant.slug, tenant.name, tenant.kind.word());
        Ok(())
    }
}

impl SecondFactorOptional {
    async fn run(self, ctx: &Ctx) -> Result<()> {
        let tenant = tenants::tenant_by_slug(ctx.db().read(), &self.slug).await?;
        let tx = ctx.db().begin().await?;
        second_factor::set(ctx, &tx, By::Operator(tenant.id), &BTreeSet::new()).await?;
        tx.commit().await?;
        println!("{}: a second factor is everybody's own choice", tenant.slug);
        Ok(())
    }
}
