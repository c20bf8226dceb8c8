//! What the operator does with the data as a whole.

mod backup;
mod check;

use std::fmt::Write;

use kexun_people::staff::Draft;
use kexun_testkit::{Company, TestApp};

use crate::service::{HEADER, import_bytes};

const SHOPS: [&str; 2] = ["S1", "二店"];

/// A company with a record: conversations of three weeks in two shops, threads without an id, pieces
/// of personal data, ratings; one of the agents is in a team. Events are sealed.
pub async fn company_with_record(app: &TestApp) -> Company {
    let acme = app.company().await;
    let member = Draft {
        account: "甲".into(),
        name: "甲".into(),
        shop: Some(acme.shop),
        team: Some(acme.team),
        ..Draft::default()
    };
    app.enter(&acme, member).await;
    let (status, report) = import_bytes(app, "conversations", record().as_bytes(), &[]);
    assert_eq!(status, 0, "{report}");
    let mut ratings = String::from("rating_id,shop,conversation_id,rated_at,score\n");
    for n in (0..40).filter(|n| n % 10 != 9) {
        let (shop, day) = (SHOPS[n % 2], n % 21 + 1);
        writeln!(ratings, "r{n},{shop},k{n},2026-06-{day:02} 18:00:00,{}", n % 5 + 1).unwrap();
    }
    let (status, report) = import_bytes(app, "ratings", ratings.as_bytes(), &[]);
    assert_eq!(status, 0, "{report}");
    app.run_jobs().await;
    app.seal().await;
    acme
}

/// Five messages each of a hundred conversations.
pub fn record() -> String {
    let mut file = format!("{HEADER}\n");
    for n in 0..100 {
        let id = if n % 10 == 9 { String::new() } else { format!("k{n}") };
        let (shop, day, agent) = (SHOPS[n % 2], n % 21 + 1, ["甲", "乙", "丙"][n % 3]);
        let start = format!("{id},{shop},客户{n},2026-06-{day:02} {:02}:{:02}", 9 + n % 12, n % 50);
        writeln!(file, "{start}:00,客户,,在吗").unwrap();
        writeln!(file, "{start}:01,机器人,,您好").unwrap();
        writeln!(file, "{start}:20,客户,,我的电话是1380013{n:04}").unwrap();
        writeln!(file, "{start}:{},客服,{agent},好的 😀 马上查", 30 + n % 29).unwrap();
        writeln!(file, "{start}:59,客户,,谢谢").unwrap();
    }
    file
}
