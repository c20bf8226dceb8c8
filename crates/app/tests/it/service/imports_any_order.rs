//! Whatever the order, number and overlap of the files, the figures are those of one file; an import
//! that is undone leaves them as if it had never been.

use std::collections::BTreeMap;

use kexun_people::rights::{Grant, Role};
use kexun_people::staff::Draft;
use kexun_people::tenants::{self, TenantId};
use kexun_service::{conversations, editions};
use kexun_testkit::{Client, TestApp, both_databases};
use serde_json::Value;

use super::{figures, undo, upload};

both_databases![files_in_any_order_give_the_figures_of_one];

const SEEDS: std::ops::Range<u64> = 0..6;

/// A small generator of our own: the same cases on every machine (SplitMix64).
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.throw(sides) == 0
    }

    fn of<'a, T>(&mut self, some: &'a [T]) -> &'a T {
        &some[self.throw(some.len())]
    }

    fn shuffle<T>(&mut self, some: &mut [T]) {
        for end in (1..some.len()).rev() {
            some.swap(end, self.throw(end + 1));
        }
    }
}

/// Rows that stay together, in their order: those of one conversation or thread in one second, whose
/// order only the file tells.
type Unit = Vec<String>;

/// A kind of file, its header, and its units.
struct Table {
    kind: &'static str,
    header: &'static str,
    units: Vec<Unit>,
}

const MESSAGES: &str = "conversation_id,shop,customer,sent_at,sender,agent,text,message_id";

fn clock(second: usize) -> String {
    let (day, rest) = (second / 86_400, second % 86_400);
    format!("2026-06-{:02} {:02}:{:02}:{:02}", day + 1, rest / 3600, rest / 60 % 60, rest % 60)
}

fn tables(dice: &mut Dice) -> [Table; 3] {
    let (mut messages, mut contacts, mut ratings) = (Vec::new(), Vec::new(), Vec::new());
    for group in 0..10 {
        let shop = *dice.of(&["S1", "S2"]);
        let conversation = if group % 2 == 0 { format!("k{group}") } else { String::new() };
        // A customer may have conversations and a thread.
        let customer = format!("c{}", group / 3);
        let end = chat(dice, &mut messages, (&conversation, shop, &customer));
        if conversation.is_empty() {
            continue;
        }
        if dice.one_in(2) {
            let outcome = dice.of(&["solved", "unsolved", ""]);
            contacts.push(vec![format!("{conversation},{shop},{},{outcome}", clock(end))]);
        }
        for rating in 0..dice.throw(3) {
            let (at, score) = (clock(end + dice.throw(90_000)), dice.throw(5) + 1);
            ratings.push(vec![format!("r{group}-{rating},{shop},{conversation},{at},{score}")]);
        }
    }
    ratings.push(vec![format!("r,S1,,{},3", clock(5))]);
    [
        Table { kind: "conversations", header: MESSAGES, units: messages },
        Table { kind: "contacts", header: "conversation_id,shop,closed_at,outcome", units: contacts },
        Table { kind: "ratings", header: "rating_id,shop,conversation_id,rated_at,score", units: ratings },
    ]
}

/// Messages of one conversation or thread; returns the second of the last.
fn chat(dice: &mut Dice, units: &mut Vec<Unit>, (conversation, shop, customer): (&str, &str, &str)) -> usize {
    let with_ids = !conversation.is_empty() && dice.one_in(2);
    let mut second = dice.throw(3 * 86_400);
    let mut unit = Unit::new();
    for number in 0..dice.throw(20) + 1 {
        let pause = *dice.of(&[0, 0, 7, 45, 200, 1200, 1800, 1801, 2500, 30_000]);
        if pause > 0 && !unit.is_empty() {
            units.push(std::mem::take(&mut unit));
        }
        second += pause;
        let sender = *dice.of(&["customer", "customer", "customer", "agent", "agent", "robot", "system"]);
        let agent = match sender {
            "agent" => *dice.of(&["A", "B", "C", "D"]),
            "customer" if dice.one_in(3) => *dice.of(&["A", "B"]),
            _ => "",
        };
        let text = dice.of(&["好的", "在吗", "我的手机是13800138000"]);
        let id = if with_ids { number.to_string() } else { String::new() };
        let at = clock(second);
        let row = format!("{conversation},{shop},{customer},{at},{sender},{agent},{text},{id}");
        // Two alike in one second are two messages, where the source gives no ids.
        if !with_ids && dice.one_in(6) {
            unit.push(row.clone());
        }
        unit.push(row);
    }
    units.push(unit);
    second
}

/// One file: its kind, and which units of its table it holds.
#[derive(Clone)]
struct File {
    table: usize,
    units: Vec<usize>,
}

/// Cuts the tables into files: every unit in one at least, some in two, some files twice.
fn files(dice: &mut Dice, tables: &[Table; 3]) -> Vec<File> {
    let mut files = Vec::new();
    for (table, Table { units, .. }) in tables.iter().enumerate() {
        let mut parts = vec![Vec::new(); dice.throw(if table == 0 { 4 } else { 2 }) + 1];
        for unit in 0..units.len() {
            let part = dice.throw(parts.len());
            parts[part].push(unit);
            let other = dice.throw(parts.len());
            if other != part && dice.one_in(4) {
                parts[other].push(unit);
            }
        }
        for mut units in parts.into_iter().filter(|p| !p.is_empty()) {
            dice.shuffle(&mut units);
            if dice.one_in(4) {
                files.push(File { table, units: units.clone() });
            }
            files.push(File { table, units });
        }
    }
    dice.shuffle(&mut files);
    files
}

fn content(tables: &[Table; 3], file: &File) -> String {
    let Table { header, units, .. } = &tables[file.table];
    let rows = file.units.iter().flat_map(|unit| &units[*unit]).map(|row| format!("{row}\n"));
    format!("{header}\n{}", rows.collect::<String>())
}

/// A company with two shops, and agents in teams and in none.
async fn company(app: &TestApp, slug: &str) -> (TenantId, Client) {
    let company = app.company_named(slug).await;
    for (account, team) in [("A", Some(company.team)), ("B", Some(company.team)), ("C", None)] {
        let draft = Draft {
            account: account.into(),
            name: account.into(),
            login: Some(format!("{slug}-{account}")),
            shop: Some(company.shop),
            team,
            joined_on: Some("2026-01-01".parse().unwrap()),
            roles: vec![Grant { role: Role::Agent, shop_id: None, team_id: None }],
            ..Draft::default()
        };
        app.enter(&company, draft).await;
    }
    (company.id, app.sign_in(&company, Role::Operations).await)
}

/// What a tenant's record shows: all figures per day, and its conversations.
async fn seen(app: &TestApp, (tenant, client): &(TenantId, Client)) -> (Vec<(String, Value)>, Vec<String>) {
    let db = app.ctx().db().read();
    let edition = editions::published(db, *tenant).await.unwrap();
    let shops: BTreeMap<_, _> =
        tenants::shops(db, *tenant).await.unwrap().into_iter().map(|s| (s.id, s.code)).collect();
    let ids: Vec<_> = shops.keys().copied().collect();
    let days = ("2026-01-01".parse().unwrap(), "2026-12-31".parse().unwrap());
    let rows = conversations::contacts_between(db, *tenant, edition, &ids, days).await.unwrap();
    let mut rows: Vec<String> = rows
        .into_iter()
        .map(|r| {
            let shop = &shops[&r.shop_id];
            let times = (r.started_at, r.ended_at, r.first_response_s, r.slowest_s);
            format!("{shop} {:?} {times:?} {} {} {:?}", r.source_id, r.messages, r.rounds, r.score)
        })
        .collect();
    rows.sort();
    (figures(client, "2026-06-01", "2026-06-30", "day").await, rows)
}

/// What a fresh tenant shows after one file of each kind with these units.
async fn as_one_file(
    app: &TestApp,
    slug: &str,
    tables: &[Table; 3],
    files: &[File],
) -> (Vec<(String, Value)>, Vec<String>) {
    let fresh = company(app, slug).await;
    for (table, Table { kind, .. }) in tables.iter().enumerate() {
        let units = files.iter().filter(|f| f.table == table).flat_map(|f| f.units.iter().copied());
        let units: std::collections::BTreeSet<usize> = units.collect();
        if !units.is_empty() {
            let file = File { table, units: units.into_iter().collect() };
            let import = upload(app, &fresh.1, kind, content(tables, &file).as_bytes()).await;
            assert_eq!((&import["unchanged"], &import["rejected"]), (&0.into(), &0.into()), "{import}");
        }
    }
    seen(app, &fresh).await
}

async fn files_in_any_order_give_the_figures_of_one(app: TestApp) {
    let (mut rows, mut imports) = (0, 0);
    for seed in SEEDS {
        let dice = &mut Dice(seed);
        let tables = tables(dice);
        let files = files(dice, &tables);
        let whole = as_one_file(&app, &format!("whole-{seed}"), &tables, &files).await;
        let parts = company(&app, &format!("parts-{seed}")).await;
        let mut done = Vec::new();
        for file in &files {
            let content = content(&tables, file);
            rows += content.lines().count() - 1;
            done.push(upload(&app, &parts.1, tables[file.table].kind, content.as_bytes()).await);
            // Sometimes the background removes what nobody sees any more.
            app.advance(if dice.one_in(3) { 700 } else { 1 });
        }
        assert_eq!(seen(&app, &parts).await, whole, "seed {seed}: as one file");
        for _ in 0..2 {
            let taken = dice.throw(files.len());
            undo(&app, &parts.1, &done[taken]).await;
            let left: Vec<File> = files
                .iter()
                .enumerate()
                .filter(|(place, _)| *place != taken)
                .map(|(_, f)| f.clone())
                .collect();
            let without = as_one_file(&app, &format!("without-{seed}-{imports}"), &tables, &left).await;
            assert_eq!(seen(&app, &parts).await, without, "seed {seed}: file {taken} undone");
            let content = content(&tables, &files[taken]);
            done[taken] = upload(&app, &parts.1, tables[files[taken].table].kind, content.as_bytes()).await;
            assert_eq!(seen(&app, &parts).await, whole, "seed {seed}: file {taken} undone and done again");
            imports += 1;
        }
        imports += files.len();
    }
    println!("{rows} rows in {imports} imports");
}
