//! Acting as somebody at an instant of the past.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use kexun_base::time::{Day, ManualClock, Micros};
use kexun_base::{Ctx, Error, Result};
use kexun_people::persons;
use kexun_people::rights::Caller;
use kexun_people::staff::{self, StaffId, accounts};
use kexun_people::tenants::{self, TenantId};
use kexun_simulation::{Organisation, Role, Staff};
use serde_json::Value;
use tower::ServiceExt;

use crate::wiring;

/// The merchant in which the story plays.
pub const MERCHANT: &str = "yunzhi";
/// Its zone.
pub const ZONE: chrono_tz::Tz = chrono_tz::Tz::Asia__Shanghai;
/// Seconds that each thing takes which somebody does.
const STEP_S: i64 = 20;
/// The longest answer that is read.
const MOST_BYTES: usize = 16 << 20;

/// Somebody of the merchant.
pub struct Person {
    /// Account, as in the record.
    pub account: String,
    /// Full name.
    pub name: String,
    /// Who he is to the program.
    pub staff: StaffId,
    caller: Caller,
}

/// The program's operations, with a clock that is set.
pub struct Stage {
    clock: Arc<ManualClock>,
    router: Router,
    people: Vec<(Staff, Person)>,
}

impl Stage {
    /// The merchant's people.
    pub async fn of(ctx: &Ctx, organisation: &Organisation) -> Result<Stage> {
        let clock = Arc::new(ManualClock::at(ctx.now()));
        let router = wiring::api().0.with_state(ctx.with_clock(clock.clone()));
        let tenant = tenants::tenant_by_slug(ctx.db().read(), MERCHANT).await?.id;
        let mut people = Vec::new();
        for person in organisation.staff.iter().filter(|s| s.tenant == MERCHANT) {
            people.push((person.clone(), member(ctx, tenant, person).await?));
        }
        Ok(Stage { clock, router, people })
    }

    /// Sets the clock to an hour and minute of a day.
    pub fn at(&self, day: Day, (hour, minute): (i64, i64)) {
        self.set(instant(day, (hour, minute)));
    }

    /// Sets the clock.
    pub fn set(&self, at: Micros) {
        self.clock.advance((at.0 - kexun_base::time::Clock::now(&*self.clock).0).div_euclid(1_000_000));
    }

    /// Lets so many seconds pass.
    pub fn pass(&self, seconds: i64) {
        self.clock.advance(seconds);
    }

    /// Somebody with a role, the first of the list.
    pub fn with(&self, role: Role) -> Result<&Person> {
        let found = self.people.iter().find(|(s, _)| s.has(role)).map(|(_, p)| p);
        found.ok_or_else(|| Error::internal(format!("the simulation has no {}", role.as_str())))
    }

    /// Those whose accounts these are.
    pub fn accounts(&self, accounts: &[String]) -> Vec<&Person> {
        self.people.iter().map(|(_, p)| p).filter(|p| accounts.contains(&p.account)).collect()
    }

    /// Agents of the shop in which somebody works.
    pub fn colleagues(&self, of: &Person) -> Vec<&Person> {
        let shop = self.people.iter().find(|(_, p)| p.staff == of.staff).and_then(|(s, _)| s.shop);
        let near = |s: &Staff| s.has(Role::Agent) && s.shop == shop;
        self.people.iter().filter(|(s, p)| near(s) && p.staff != of.staff).map(|(_, p)| p).collect()
    }

    /// Who leads somebody's shop.
    pub fn supervisor(&self, of: &Person) -> Result<&Person> {
        let shop = self.people.iter().find(|(_, p)| p.staff == of.staff).and_then(|(s, _)| s.shop);
        let leads = |s: &Staff| s.has(Role::Supervisor) && s.shop == shop;
        let found = self.people.iter().find(|(s, _)| leads(s)).map(|(_, p)| p);
        found.map_or_else(|| self.with(Role::Hr), Ok)
    }

    /// Reads.
    pub async fn get(&self, who: &Person, path: &str) -> Result<Value> {
        self.done(who, Method::GET, path, Value::Null).await
    }

    /// Makes or does something.
    pub async fn post(&self, who: &Person, path: &str, body: Value) -> Result<Value> {
        self.done(who, Method::POST, path, body).await
    }

    /// Writes something.
    pub async fn put(&self, who: &Person, path: &str, body: Value) -> Result<Value> {
        self.done(who, Method::PUT, path, body).await
    }

    async fn done(&self, who: &Person, method: Method, path: &str, body: Value) -> Result<Value> {
        let asked = format!("{method} {path}");
        if method != Method::GET {
            self.pass(STEP_S);
        }
        let (status, answer) = self.call(who, method, path, body).await?;
        if status.is_success() {
            return Ok(answer);
        }
        Err(Error::internal(format!("{asked} by {} was answered {status}: {answer}", who.name)))
    }

    async fn call(
        &self,
        who: &Person,
        method: Method,
        path: &str,
        body: Value,
    ) -> Result<(StatusCode, Value)> {
        let body = if body.is_null() { Body::empty() } else { Body::from(serde_json::to_vec(&body)?) };
        let request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header(header::CONTENT_TYPE, "application/json")
            .extension(who.caller.clone())
            .body(body)
            .map_err(|e| Error::internal(e.to_string()))?;
        let Ok(answer) = self.router.clone().oneshot(request).await;
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), MOST_BYTES).await;
        let bytes = bytes.map_err(|e| Error::internal(e.to_string()))?;
        Ok((status, serde_json::from_slice(&bytes).unwrap_or_default()))
    }

    /// The thing of a list that has this text in a field.
    pub async fn find(&self, who: &Person, list: &str, field: &str, text: &str) -> Result<Option<Value>> {
        Ok(self.list(who, list).await?.into_iter().find(|item| item[field] == text))
    }

    /// All things of a list.
    pub async fn list(&self, who: &Person, list: &str) -> Result<Vec<Value>> {
        let mut found = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = self.get(who, &format!("{list}?limit=200{cursor}")).await?;
            found.extend(page["items"].as_array().cloned().unwrap_or_default());
            let Some(next) = page["next"].as_str() else { return Ok(found) };
            cursor = format!("&cursor={next}");
        }
    }
}

/// An hour and minute of a day.
pub fn instant(day: Day, (hour, minute): (i64, i64)) -> Micros {
    day.begins(ZONE).plus_seconds(hour * 3600 + minute * 60)
}

/// The id of a thing.
pub fn id(thing: &Value) -> String {
    thing["id"].as_str().unwrap_or_default().to_owned()
}

async fn member(ctx: &Ctx, tenant: TenantId, person: &Staff) -> Result<Person> {
    let db = ctx.db().read();
    let missing = || Error::internal(format!("{} was not entered", person.login));
    let known = persons::by_login(db, &person.login).await?.ok_or_else(missing)?;
    let memberships = staff::memberships(db, known.id).await?;
    let own = memberships.iter().find(|m| m.tenant == tenant).ok_or_else(missing)?.staff;
    let accounts: HashMap<_, _> =
        accounts::list_all(db, tenant).await?.into_iter().map(|a| (a.id, a.staff_id)).collect();
    let caller = Caller {
        person: known.id,
        tenant,
        staff: Some(own),
        grants: staff::grants_of(db, tenant, own).await?,
        accounts: accounts.into_iter().filter(|(_, of)| *of == Some(own)).map(|(id, _)| id).collect(),
        only: None,
        unproven: false,
    };
    Ok(Person { account: person.account.clone(), name: person.name.clone(), staff: own, caller })
}
