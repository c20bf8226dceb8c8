//! Files of courses: nothing that runs comes in, and players get the part they ask for.

use kexun_people::rights::Role;
use kexun_testkit::{Client, TestApp, both_databases};
use serde_json::{Value, json};

both_databases![what_a_file_is_its_content_says, a_player_gets_the_part_it_asks_for];

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n0123456789";

async fn course(client: &Client) -> String {
    let draft = json!({ "title": "退货", "competence": "after_sales", "level": "basic" });
    let made = client.post("/api/v1/courses", draft).await.ok();
    format!("/api/v1/courses/{}", made["course"]["id"].as_str().unwrap())
}

async fn what_a_file_is_its_content_says(app: TestApp) {
    let acme = app.company().await;
    let lecturer = app.sign_in(&acme, Role::Lecturer).await;
    let path = course(&lecturer).await;
    let files = format!("{path}/files");
    let hostile: [(&str, &[u8]); 5] = [
        ("page.png", b"<!doctype html><script>alert(1)</script>"),
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("film.mp4", b"MZ\x90\0 this is a program, not a film ............................"),
        ("text.txt", b"just words"),
        ("half.png", b"\x89PN"),
    ];
    for (name, bytes) in hostile {
        lecturer.upload(&files, name, bytes).await.status(415).refused("unsupported_content");
    }
    lecturer.upload(&files, "empty.png", b"").await.refused("invalid");
    let large = [PNG, &vec![0; 50 << 20]].concat();
    lecturer.upload(&files, "large.png", &large).await.status(413).refused("too_large");
    assert_eq!(lecturer.get(&files).await.ok()["items"], json!([]));
    let left = std::fs::read_dir(app.ctx().files().folder()).map_or(0, Iterator::count);
    assert_eq!(left, 0, "nothing of what was refused stays on disk");

    let kept = lecturer.upload(&files, "../照片.html", PNG).await.status(201).ok();
    assert_eq!((&kept["name"], &kept["kind"]), (&json!("照片.png"), &json!("image")));
    let file = kept["id"].clone();
    let lesson = |kind: &str, file: &Value| json!({ "title": "看", "kind": kind, "file": file, "length_s": 9, "minutes": 1, "required": true });
    let lessons = format!("{path}/lessons");
    lecturer.post(&lessons, lesson("video", &file)).await.refused("invalid");
    let elsewhere = course(&lecturer).await;
    lecturer.post(&format!("{elsewhere}/lessons"), lesson("image", &file)).await.refused("not_found");
    lecturer.post(&lessons, lesson("image", &file)).await.ok();
    let own = format!("{files}/{}", file.as_str().unwrap());
    lecturer.delete(&own).await.refused("conflict");

    let spare = lecturer.upload(&files, "b.png", PNG).await.ok()["id"].as_str().unwrap().to_owned();
    let body = json!({ "title": "读", "kind": "text", "body": format!("![b](file:{spare})"), "minutes": 1, "required": false });
    let text = lecturer.post(&lessons, body).await.ok()["lessons"][1]["id"].as_str().unwrap().to_owned();
    lecturer.delete(&format!("{files}/{spare}")).await.refused("conflict");
    lecturer.delete(&format!("{lessons}/{text}")).await.ok();
    lecturer.delete(&format!("{files}/{spare}")).await.status(204);
    lecturer.get(&format!("{files}/{spare}")).await.refused("not_found");
    assert!(!app.ctx().files().path(spare.parse().unwrap()).exists());
}

async fn a_player_gets_the_part_it_asks_for(app: TestApp) {
    let acme = app.company().await;
    let lecturer = app.sign_in(&acme, Role::Lecturer).await;
    let path = course(&lecturer).await;
    let files = format!("{path}/files");
    let id = lecturer.upload(&files, "图 1.png", PNG).await.ok()["id"].as_str().unwrap().to_owned();
    let file = format!("{files}/{id}");
    let whole = lecturer.get(&file).await.status(200);
    assert_eq!(whole.body, PNG);
    assert_eq!(whole.header("content-type"), "image/png");
    assert_eq!(whole.header("x-content-type-options"), "nosniff");
    assert_eq!(whole.header("accept-ranges"), "bytes");
    assert!(whole.header("content-security-policy").contains("sandbox"));
    assert_eq!(whole.header("content-disposition"), "inline; filename*=UTF-8''%E5%9B%BE%201.png");
    let part = lecturer.clone().header("range", "bytes=8-11").get(&file).await.status(206);
    assert_eq!((&part.body[..], part.header("content-range")), (b"0123".as_slice(), "bytes 8-11/18"));
    let tail = lecturer.clone().header("range", "bytes=-2").get(&file).await.status(206);
    assert_eq!(&tail.body[..], b"89");
    let beyond = lecturer.clone().header("range", "bytes=99-").get(&file).await.status(416);
    assert_eq!(beyond.header("content-range"), "bytes */18");
    let tag = whole.header("etag").to_owned();
    let again = lecturer.clone().header("if-none-match", &tag).get(&file).await.status(304);
    assert!(!tag.is_empty() && again.body.is_empty());

    let pdf =
        lecturer.upload(&files, "手册.pdf", b"%PDF-1.7 ...").await.ok()["id"].as_str().unwrap().to_owned();
    let saved = lecturer.get(&format!("{files}/{pdf}")).await;
    assert!(saved.header("content-disposition").starts_with("attachment;"));

    // A file is seen by whoever sees its course.
    let agent = app.sign_in(&acme, Role::Agent).await;
    let rival = app.sign_in(&acme, Role::Lecturer).await;
    let stranger = app.sign_in(&app.company_named("other").await, Role::Admin).await;
    for client in [&agent, &rival, &stranger] {
        client.get(&file).await.refused("not_found");
    }
    let text = json!({ "title": "一", "kind": "text", "body": "一", "minutes": 1, "required": true });
    lecturer.post(&format!("{path}/lessons"), text).await.ok();
    lecturer.post(&format!("{path}/publish"), json!({ "version": 1 })).await.ok();
    assert_eq!(agent.get(&file).await.status(200).body, PNG);
    stranger.get(&file).await.refused("not_found");
    rival.get(&files).await.refused("forbidden");
    let elsewhere = course(&lecturer).await;
    lecturer.get(&format!("{elsewhere}/files/{id}")).await.refused("not_found");
}
