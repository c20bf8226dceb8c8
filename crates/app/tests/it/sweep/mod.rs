//! The authorisation sweep: every operation of the OpenAPI document, tried as nobody, as every role,
//! from a sibling tenant, a stranger tenant, the marketplace above and the merchant below, must do
//! exactly what its `x-rights` says. Operations open to all stand in `open-endpoints.txt`, with a
//! reason.

mod cast;
mod contract;
mod exams;

use std::collections::BTreeSet;

use axum::http::Method;
use kexun_people::rights::{Right, Role, role_rights};
use kexun_testkit::{Answer, Client, TestApp, both_databases};
use serde_json::Value;

use cast::Cast;
use contract::{Operation, operations};

both_databases![
    nobody_reaches_only_what_is_open,
    every_role_reaches_what_it_may_and_no_more,
    other_tenants_reach_nothing,
    a_strangers_id_opens_nothing,
    another_site_changes_nothing,
];

/// What became of a request, as far as authorisation goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Let through; whatever happened then.
    In,
    /// Not signed in.
    Unknown,
    /// Signed in, without the right or the tenant.
    Forbidden,
    /// Refused as another site's.
    CrossSite,
}

fn outcome(answer: &Answer) -> Outcome {
    let problem: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let detail = problem["detail"].as_str().unwrap_or_default();
    match problem["code"].as_str().unwrap_or_default() {
        "not_signed_in" => Outcome::Unknown,
        "cross_site" => Outcome::CrossSite,
        // Beyond the door a service function may find the right too narrow: that is not the door.
        "forbidden" if detail.contains("ask an administrator") || detail.contains("no such organisation") => {
            Outcome::Forbidden
        }
        _ => Outcome::In,
    }
}

async fn send(client: &Client, operation: &Operation, path: &str) -> Answer {
    match operation.method {
        Method::GET => client.get(path).await,
        Method::DELETE => client.delete(path).await,
        ref method => client.json(method.clone(), path, operation.body.clone()).await,
    }
}

/// Tries operations as somebody and lists those whose outcome is not the expected one.
async fn faults(
    who: &str,
    client: &Client,
    operations: &[Operation],
    expected: impl Fn(&Operation) -> Outcome,
) -> Vec<String> {
    let mut faults = Vec::new();
    for operation in operations {
        let answer = send(client, operation, &operation.nowhere()).await;
        let (found, wanted) = (outcome(&answer), expected(operation));
        if found != wanted {
            faults.push(format!("{who}: {operation}: {found:?} instead of {wanted:?}: {}", answer.text()));
        }
        assert!(!answer.status.is_server_error(), "{who}: {operation}: {}", answer.text());
    }
    faults
}

#[track_caller]
fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

async fn nobody_reaches_only_what_is_open(app: TestApp) {
    let all = operations();
    let listed = contract::open_list();
    let open: BTreeSet<String> = all.iter().filter(|o| o.rights == "open").map(|o| o.to_string()).collect();
    let documented: BTreeSet<String> = all.iter().map(|o| o.to_string()).collect();
    let beside: Vec<&String> = listed.iter().filter(|l| !documented.contains(*l)).collect();
    let wanted: BTreeSet<String> = listed.iter().filter(|l| documented.contains(*l)).cloned().collect();
    assert_eq!(open, wanted, "open operations and open-endpoints.txt differ");
    for line in beside {
        let path = line.strip_prefix("GET ").expect("what is not in the document is only read");
        assert!(
            app.nobody().get(path).await.status.is_success(),
            "{line}: is listed as open, and is not there"
        );
    }
    let expected = |o: &Operation| if o.rights == "open" { Outcome::In } else { Outcome::Unknown };
    none(faults("nobody", &app.nobody(), &all, expected).await);
    none(faults("a stale cookie", &app.nobody().cookie("kexun_session=stale"), &all, expected).await);
    none(faults("a made-up token", &app.nobody().token("kx_00"), &all, expected).await);
}

/// What a holder of these roles must meet.
fn expected(roles: &[Role]) -> impl Fn(&Operation) -> Outcome {
    let rights: BTreeSet<Right> = roles.iter().flat_map(|r| role_rights(*r)).collect();
    move |operation| match operation.rights.as_str() {
        "open" | "signed-in" => Outcome::In,
        word => {
            let right = Right::of_word(word).expect("x-rights names a right");
            if rights.contains(&right) { Outcome::In } else { Outcome::Forbidden }
        }
    }
}

async fn every_role_reaches_what_it_may_and_no_more(app: TestApp) {
    let cast = Cast::assemble(&app).await;
    for role in Role::ALL {
        let client = cast.session(&app, role.word()).await;
        none(faults(role.word(), &client, &contract::without_sign_out(), expected(&[*role])).await);
    }
    // Roles of the marketplace, acting in a merchant of it.
    let seer = cast.session(&app, "mall-marketplace").await.in_tenant("target");
    none(faults("marketplace", &seer, &contract::without_sign_out(), expected(&[Role::Marketplace])).await);
    let chief = cast.session(&app, "mall-admin").await.in_tenant("target");
    none(faults("its admin", &chief, &contract::without_sign_out(), expected(&[Role::Admin])).await);
}

async fn other_tenants_reach_nothing(app: TestApp) {
    let cast = Cast::assemble(&app).await;
    let expected = |o: &Operation| if o.rights == "open" { Outcome::In } else { Outcome::Forbidden };
    let cases = [
        ("sibling-admin", "target"),
        ("stranger-admin", "target"),
        ("mall-agent", "target"),
        ("mall-hr", "target"),
        ("admin", "mall"),
        ("admin", "nowhere"),
    ];
    for (who, named) in cases {
        let client = cast.session(&app, who).await.in_tenant(named);
        none(faults(&format!("{who} in {named}"), &client, &operations(), expected).await);
    }
}

async fn a_strangers_id_opens_nothing(app: TestApp) {
    let cast = Cast::assemble(&app).await;
    let ids = cast.ids(&app).await;
    let mut reached = BTreeSet::new();
    for operation in operations().iter().filter(|o| o.path.contains('{')) {
        let Some(path) = operation.at(&ids) else {
            println!("{operation}: nothing there to try it on");
            continue;
        };
        reached.insert(operation.room());
        for who in ["stranger-admin", "sibling-admin", "mall-admin"] {
            // The marketplace's admin reaches the merchant itself by naming it only.
            let own = who == "mall-admin" && operation.room() == "tenants";
            let answer = send(&cast.session(&app, who).await, operation, &path).await;
            assert!(!answer.status.is_success() || own, "{who}: {operation}: {}", answer.text());
            assert!(!answer.status.is_server_error(), "{who}: {operation}: {}", answer.text());
        }
        if operation.method == Method::GET {
            let answer = send(&cast.session(&app, "admin").await, operation, &path).await;
            assert!(answer.status.is_success(), "its own admin: {operation}: {}", answer.text());
        }
    }
    let tried = [
        "accounts",
        "archive",
        "archive-requests",
        "attempts",
        "classes",
        "courses",
        "exams",
        "jobs",
        "marks",
        "needs",
        "notices",
        "plans",
        "shops",
        "staff",
        "tasks",
        "teams",
        "tenants",
        "thread",
        "tokens",
    ];
    for room in tried {
        assert!(reached.contains(room), "{room}: was not tried");
    }
}

async fn another_site_changes_nothing(app: TestApp) {
    let cast = Cast::assemble(&app).await;
    let foreign = cast.session(&app, "admin").await.without("x-kexun");
    let changing: Vec<Operation> = operations().into_iter().filter(|o| o.method != Method::GET).collect();
    let expected = |o: &Operation| if o.rights == "open" { Outcome::In } else { Outcome::CrossSite };
    none(faults("another site", &foreign, &changing, expected).await);
}
