//! What upper wings add to answers of this one, registered at start-up: people knows no
//! conversations, yet its pages show how many an account served, and the home page how service
//! stands.

use std::collections::HashMap;
use std::sync::Arc;

use futures::future::BoxFuture;
use kexun_base::{Ctx, Result};

use crate::home::Home;
use crate::rights::Caller;
use crate::tenants::{ShopId, TenantId};

/// What an account served.
#[derive(Debug, Clone, Copy, Default)]
pub struct Volume {
    /// Conversations.
    pub conversations: u64,
    /// The shop where most of them were.
    pub shop: Option<ShopId>,
}

/// Says what accounts, by their numbers, served.
pub type Volumes =
    Arc<dyn Fn(Ctx, TenantId, Vec<i32>) -> BoxFuture<'static, Result<HashMap<i32, Volume>>> + Send + Sync>;

/// Adds to somebody's home page.
pub type HomePart = Arc<dyn Fn(Ctx, Caller) -> BoxFuture<'static, Result<Home>> + Send + Sync>;

/// All additions; an `axum::Extension` of the routes.
#[derive(Clone, Default)]
pub struct Additions {
    volumes: Option<Volumes>,
    home: Vec<HomePart>,
}

impl Additions {
    /// Registers who knows what accounts served.
    #[must_use]
    pub fn with_volumes(mut self, volumes: Volumes) -> Self {
        self.volumes = Some(volumes);
        self
    }

    /// Registers a part of the home page.
    #[must_use]
    pub fn with_home(mut self, part: HomePart) -> Self {
        self.home.push(part);
        self
    }

    pub(crate) async fn volumes(
        &self,
        ctx: &Ctx,
        tenant: TenantId,
        numbers: Vec<i32>,
    ) -> Result<HashMap<i32, Volume>> {
        match &self.volumes {
            Some(volumes) => volumes(ctx.clone(), tenant, numbers).await,
            None => Ok(HashMap::new()),
        }
    }

    pub(crate) async fn home(&self, ctx: &Ctx, caller: &Caller) -> Result<Home> {
        let mut home = Home::default();
        for part in &self.home {
            home.add(part(ctx.clone(), caller.clone()).await?);
        }
        Ok(home)
    }
}
