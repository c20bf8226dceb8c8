//! `kexun user`.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use kexun_base::secrets::hex;
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::{By, Grant, Role};
use kexun_people::staff::{self, Draft};
use kexun_people::{sign_in, tenants};

use super::{Place, open};

/// Make people who can sign in, and set their passwords.
#[derive(Debug, Args)]
pub struct User {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Enter somebody as a member of a tenant; somebody who is there already joins another.
    Create(Create),
    /// Set somebody's password and sign him out everywhere.
    Password(Password),
    /// Turn somebody's second factor off, who lost it, and sign him out everywhere.
    SecondFactorOff(SecondFactorOff),
}

#[derive(Debug, Args)]
struct Create {
    /// What he will sign in with.
    login: String,
    /// His name; the login if not said.
    #[arg(long)]
    name: Option<String>,
    /// Short name of the tenant.
    #[arg(long)]
    tenant: String,
    /// Account name in the tenant; the login if not said.
    #[arg(long)]
    account: Option<String>,
    /// A role on the whole tenant, e.g. admin; may be given several times.
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<String>,
    /// E-mail.
    #[arg(long)]
    email: Option<String>,
    /// His password; one is made up and printed if not said.
    #[arg(long, env = "KEXUN_PASSWORD", hide_env_values = true)]
    password: Option<String>,
}

#[derive(Debug, Args)]
struct Password {
    /// His login.
    login: String,
    /// His new password; one is made up and printed if not said.
    #[arg(long, env = "KEXUN_PASSWORD", hide_env_values = true)]
    password: Option<String>,
}

#[derive(Debug, Args)]
struct SecondFactorOff {
    /// His login.
    login: String,
}

impl User {
    /// Does what is asked.
    pub async fn run(self) -> Result<ExitCode> {
        let ctx = open::open(&self.place, open::settings(&self.place)).await?;
        match self.command {
            Command::Create(create) => create.run(&ctx).await?,
            Command::Password(password) => password.run(&ctx).await?,
            Command::SecondFactorOff(off) => off.run(&ctx).await?,
        }
        ctx.db().close().await?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Create {
    async fn run(self, ctx: &Ctx) -> Result<()> {
        let tenant = tenants::tenant_by_slug(ctx.db().read(), &self.tenant).await?.id;
        let roles = self.roles.iter().map(|word| role(word)).collect::<Result<Vec<_>>>()?;
        let known = staff::find(ctx, &self.login, None)
            .await
            .is_ok_and(|(p, ..)| p.login == self.login.to_lowercase());
        let password = self.password.unwrap_or_else(|| made_up(ctx));
        let mut draft = Draft {
            account: self.account.unwrap_or_else(|| self.login.clone()),
            name: self.name.unwrap_or_else(|| self.login.clone()),
            email: self.email,
            roles,
            ..Draft::default()
        };
        if known {
            staff::attach(ctx, tenant, &self.login, draft).await?;
            println!("{} joined {}; the password stays", self.login, self.tenant);
            return Ok(());
        }
        draft.login = Some(self.login.clone());
        draft.password = Some(password.clone());
        staff::create(ctx, By::Operator(tenant), draft).await?;
        println!("{} {password}", self.login);
        Ok(())
    }
}

impl Password {
    async fn run(self, ctx: &Ctx) -> Result<()> {
        let (person, tenant, _) = staff::find(ctx, &self.login, None).await?;
        let password = self.password.unwrap_or_else(|| made_up(ctx));
        let hash = sign_in::prepare_password(ctx, &person.login, &password).await?;
        let tx = ctx.db().begin().await?;
        sign_in::set_password(ctx, &tx, By::Operator(tenant), person.id, &hash).await?;
        tx.commit().await?;
        println!("{} {password}", person.login);
        Ok(())
    }
}

impl SecondFactorOff {
    async fn run(self, ctx: &Ctx) -> Result<()> {
        let (person, tenant, _) = staff::find(ctx, &self.login, None).await?;
        let tx = ctx.db().begin().await?;
        sign_in::second_factor::reset(ctx, &tx, By::Operator(tenant), person.id).await?;
        tx.commit().await?;
        println!("{} signs in with the password alone", person.login);
        Ok(())
    }
}

fn role(word: &str) -> Result<Grant> {
    let words: Vec<&str> = Role::ALL.iter().map(|r| r.word()).collect();
    let unknown = || Error::field("role", format!("{word:?} is none of {}", words.join(", ")));
    Ok(Grant { role: Role::of_word(word).ok_or_else(unknown)?, shop_id: None, team_id: None })
}

fn made_up(ctx: &Ctx) -> String {
    hex(&ctx.random_bytes::<8>())
}
