//! `kexun token`.

use std::collections::BTreeSet;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::{By, Right, role_rights};
use kexun_people::sign_in::tokens::{self, NewToken};
use kexun_people::{staff, tenants};

use super::{Place, open};

/// Make tokens for programs.
#[derive(Debug, Args)]
pub struct Token {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print a bearer token that carries somebody's rights.
    Create(Create),
}

#[derive(Debug, Args)]
struct Create {
    /// Whose: a login, or an agent account that is linked to somebody.
    #[arg(long)]
    account: String,
    /// Short name of the tenant it is for; the first one he belongs to if not said.
    #[arg(long)]
    tenant: Option<String>,
    /// Rights it carries, comma-separated, e.g. kpi:read; all of his if not said.
    #[arg(long, value_delimiter = ',')]
    rights: Vec<String>,
    /// Days until it ends.
    #[arg(long, default_value_t = 90)]
    days: i64,
    /// What it is for.
    #[arg(long, default_value = "command line")]
    name: String,
}

impl Token {
    /// Does what is asked.
    pub async fn run(self) -> Result<ExitCode> {
        let ctx = open::open(&self.place, open::settings(&self.place)).await?;
        let Command::Create(create) = self.command;
        println!("{}", create.run(&ctx).await?);
        ctx.db().close().await?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Create {
    async fn run(self, ctx: &Ctx) -> Result<String> {
        let tenant = match &self.tenant {
            Some(slug) => Some(tenants::tenant_by_slug(ctx.db().read(), slug).await?.id),
            None => None,
        };
        let (person, tenant, member) = staff::find(ctx, &self.account, tenant).await?;
        let own: BTreeSet<Right> = staff::grants_of(ctx.db().read(), tenant, member)
            .await?
            .iter()
            .flat_map(|grant| role_rights(grant.role))
            .collect();
        let rights = if self.rights.is_empty() {
            own
        } else {
            self.rights.iter().map(|w| right(w)).collect::<Result<_>>()?
        };
        let expires_at = Some(ctx.now().plus_seconds(self.days.saturating_mul(86_400)));
        let new = NewToken { name: self.name, rights, expires_at };
        let (_, secret) = tokens::issue(ctx, By::Operator(tenant), person.id, new).await?;
        Ok(secret)
    }
}

fn right(word: &str) -> Result<Right> {
    let words: Vec<&str> = Right::ALL.iter().map(|r| r.word()).collect();
    Right::of_word(word.trim())
        .ok_or_else(|| Error::field("rights", format!("{word:?} is none of {}", words.join(", "))))
}
