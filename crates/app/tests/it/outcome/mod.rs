//! What came of training, the archive, and the thread.

mod archive;
mod demo_effect;
mod evaluation;
mod evaluation_world;
mod thread;

use kexun_base::events::{self, Actor, NewEvent, Subject};
use kexun_base::ids::Uuid;
use kexun_people::rights::{Grant, Role};
use kexun_people::tenants::TenantId;
use kexun_testkit::TestApp;
use serde_json::Value;

/// Writes an event of another room, as that room would: its thing came of `causes`.
pub async fn happens(
    app: &TestApp,
    tenant: TenantId,
    actor: Actor,
    (kind, subject): (&'static str, Subject),
    data: Value,
    causes: &[Subject],
) {
    let ctx = app.ctx();
    let tx = ctx.db().begin().await.unwrap();
    let event = NewEvent {
        tenant: tenant.0,
        kind,
        actor,
        subject_kind: subject.kind,
        subject: subject.id,
        data,
        caused_by: None,
    };
    events::record_because(ctx, &tx, event, causes).await.unwrap();
    tx.commit().await.unwrap();
}

/// A thing of a kind, new.
pub fn thing(app: &TestApp, kind: &'static str) -> Subject {
    Subject { kind, id: app.ctx().id::<Uuid>() }
}

/// A role on the whole company.
pub fn of_whole(role: Role) -> Grant {
    Grant { role, shop_id: None, team_id: None }
}
