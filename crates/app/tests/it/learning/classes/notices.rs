//! Who is told of a class, and the entry for his calendar that comes with the mail.

use kexun_testkit::smtp::{Mail, Sink};
use kexun_testkit::{TestApp, both_databases};
use serde_json::{Value, json};

use super::{School, at};

both_databases![
    invitations_come_by_mail_and_follow_every_change,
    what_is_over_goes_into_no_calendar,
    a_class_goes_into_a_calendar_by_itself,
];

/// The first calendar in a mail, decoded and unfolded.
fn calendar(mail: &Mail) -> String {
    let part = mail.data.split("text/calendar").nth(1).expect("there is a calendar");
    let (head, body) = part.split_once("\n\n").expect("a part has a body");
    let body = body.split("\n--").next().unwrap_or_default();
    let plain = if head.contains("base64") { base64(body) } else { printable(body) };
    plain.replace("\r\n", "\n").replace("\n ", "")
}

fn base64(text: &str) -> String {
    let value = |c: u8| {
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".iter().position(|d| *d == c)
    };
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_usize, 0);
    for value in text.bytes().filter_map(value) {
        held = held << 6 | value;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    String::from_utf8(bytes).expect("a calendar is UTF-8")
}

fn printable(text: &str) -> String {
    let text = text.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let hex = more
            .get(..2)
            .and_then(|h| std::str::from_utf8(h).ok())
            .and_then(|h| u8::from_str_radix(h, 16).ok());
        match hex.filter(|_| *first == b'=') {
            Some(byte) => {
                bytes.push(byte);
                rest = &more[2..];
            }
            None => {
                bytes.push(*first);
                rest = more;
            }
        }
    }
    String::from_utf8(bytes).expect("a calendar is UTF-8")
}

/// The value of a line of a calendar.
fn line<'a>(calendar: &'a str, name: &str) -> &'a str {
    calendar.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix(':')).unwrap_or_default()
}

async fn invitations_come_by_mail_and_follow_every_change(app: TestApp) {
    let sink = Sink::start().await;
    let url = sink.url();
    let app = TestApp::build(app.backend()).settings(move |s| s.smtp_url = Some(url)).start().await;
    let school = School::open(&app).await;
    for n in [0, 1] {
        let address = json!({ "email": format!("a{n}@example.com") });
        school.session(&app, n).await.patch("/api/v1/me", address).await.ok();
    }
    let made = school.hr.post("/api/v1/classes", school.draft(600, 690, "一号会议室", &[0])).await.ok();
    let path = format!("/api/v1/classes/{}", made["id"].as_str().unwrap());
    app.run_jobs().await;
    assert!(sink.mails().is_empty(), "nobody is told of a class that is only planned");
    school.hr.post(&format!("{path}/announce"), json!({ "version": 1 })).await.ok();
    app.run_jobs().await;
    let mails = sink.mails();
    assert_eq!((mails.len(), mails[0].to[0].as_str()), (1, "a0@example.com"));
    let first = invitation(&mails[0]);
    let mine = school.session(&app, 0).await;
    let notice = &mine.get("/api/v1/notices").await.ok()["items"][0];
    assert_eq!(
        (&notice["kind"], &notice["params"]["starts"]),
        (&json!("class_announced"), &json!("2026-07-01 20:00–21:30"))
    );
    let teacher = app.session(&school.lecturer).await;
    assert_eq!(teacher.get("/api/v1/notices").await.ok()["items"][0]["kind"], "class_to_teach");

    changes_and_cancellation_follow(&sink, &app, &school, &path, &first).await;
}

/// The entry of the first mail about the class.
fn invitation(mail: &Mail) -> String {
    assert!(mail.data.contains("invite.ics"), "{}", mail.data);
    assert!(mail.data.contains("method=REQUEST"), "{}", mail.data);
    let first = calendar(mail);
    assert_eq!(line(&first, "METHOD"), "REQUEST");
    assert_eq!((line(&first, "DTSTART"), line(&first, "DTEND")), ("20260701T120000Z", "20260701T133000Z"));
    assert_eq!((line(&first, "SUMMARY"), line(&first, "LOCATION")), ("售后话术", "一号会议室"));
    assert_eq!((line(&first, "SEQUENCE"), line(&first, "ORGANIZER")), ("0", "mailto:kexun@localhost"));
    assert!(first.contains(":mailto:a0@example.com"), "{first}");
    first
}

/// Mails that follow the `first`, under its name: who stays hears of another time, who comes is
/// invited, who need not come and at last everybody is told that it is off.
async fn changes_and_cancellation_follow(
    sink: &Sink,
    app: &TestApp,
    school: &School,
    path: &str,
    first: &str,
) {
    let mut moved = school.draft(600, 690, "一号会议室", &[0, 1]);
    moved["starts_at"] = at(620);
    school.hr.put(path, json!({ "class": moved, "version": 2 })).await.ok();
    app.run_jobs().await;
    let told: Vec<(String, String)> =
        sink.mails()[1..].iter().map(|m| (m.to[0].clone(), calendar(m))).collect();
    assert_eq!(told.len(), 2);
    for (to, entry) in &told {
        assert_eq!((line(entry, "SEQUENCE"), line(entry, "DTSTART")), ("1", "20260701T122000Z"), "{to}");
        assert_eq!(line(entry, "UID"), line(first, "UID"), "it keeps its name");
    }
    // A change that no calendar shows tells nobody.
    moved["late_after_min"] = json!(5);
    school.hr.put(path, json!({ "class": moved, "version": 3 })).await.ok();
    app.run_jobs().await;
    assert_eq!(sink.mails().len(), 3);
    moved["audience"] = json!({ "staff": [school.agents[0].staff] });
    school.hr.put(path, json!({ "class": moved, "version": 4 })).await.ok();
    school.hr.post(&format!("{path}/cancel"), json!({ "reason": "停电", "version": 5 })).await.ok();
    app.run_jobs().await;
    let mails = sink.mails();
    let (removed, off) = (calendar(&mails[3]), calendar(&mails[4]));
    assert_eq!((mails[3].to[0].as_str(), mails[4].to[0].as_str()), ("a1@example.com", "a0@example.com"));
    assert_eq!((line(&removed, "METHOD"), line(&removed, "SEQUENCE")), ("CANCEL", "2"));
    assert_eq!(
        (line(&off, "METHOD"), line(&off, "STATUS"), line(&off, "SEQUENCE")),
        ("CANCEL", "CANCELLED", "3")
    );
    assert_eq!((line(&off, "UID"), mails.len()), (line(first, "UID"), 5));
}

async fn what_is_over_goes_into_no_calendar(app: TestApp) {
    let sink = Sink::start().await;
    let url = sink.url();
    let app = TestApp::build(app.backend()).settings(move |s| s.smtp_url = Some(url)).start().await;
    let school = School::open(&app).await;
    let mine = school.session(&app, 0).await;
    mine.patch("/api/v1/me", json!({ "email": "a0@example.com" })).await.ok();
    app.advance(80 * 60);
    school.announced(20, 80).await;
    app.run_jobs().await;
    assert_eq!(mine.get("/api/v1/notices").await.ok()["items"][0]["kind"], "class_announced");
    assert!(sink.mails().iter().all(|m| !m.data.contains("text/calendar")));
}

async fn a_class_goes_into_a_calendar_by_itself(app: TestApp) {
    let school = School::open(&app).await;
    let class = school.announced(20, 80).await;
    let mine = school.session(&app, 0).await;
    let file = mine.get(&format!("/api/v1/classes/{class}/calendar.ics")).await.status(200);
    assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8");
    let text = file.text();
    assert!(text.contains("METHOD:PUBLISH\r\n") && !text.contains("ATTENDEE"), "{text}");
    assert!(text.split("\r\n").all(|l| l.len() <= 75), "{text}");
    // The home page has it, and the way to sign in.
    let home = mine.get("/api/v1/home").await.ok();
    let lines = home["now"].as_array().unwrap();
    let soon: Vec<&Value> = lines.iter().filter(|l| l["kind"] == "class_sign_in").collect();
    assert_eq!(soon[0]["link"], format!("/classes/{class}/sign-in"));
    let teacher = app.session(&school.lecturer).await.get("/api/v1/home").await.ok();
    assert!(teacher["now"].as_array().unwrap().iter().any(|l| l["kind"] == "class_screen"), "{teacher}");
}
