//! The simulated record as files in Kexun's own format, one a merchant and kind.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use kexun_base::Result;
use kexun_service::imports::Kind;
use kexun_simulation::Organisation;
use serde_json::{Value, json};

/// Where the file of a merchant and kind lies.
pub fn path(folder: &Path, merchant: &str, kind: Kind) -> PathBuf {
    folder.join(format!("{merchant}-{}.jsonl", kind.word()))
}

/// Writes all files.
pub fn write(organisation: &Organisation, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut out = Files::new(organisation, folder, Kind::Conversations)?;
    for m in organisation.messages() {
        let row = json!({
            "conversation_id": &*m.conversation_id, "shop": m.shop, "channel": m.channel.as_str(),
            "customer": &*m.customer, "sent_at": local(m.sent_at), "sender": m.sender.as_str(), "agent": m.agent,
            "text": m.text, "message_id": m.message_id, "order_id": m.order_id.as_deref(), "product": m.product,
        });
        out.line(m.shop, &row)?;
    }
    out.finish()?;
    let mut out = Files::new(organisation, folder, Kind::Contacts)?;
    for c in organisation.contacts() {
        let row = json!({
            "conversation_id": &*c.conversation_id, "shop": c.shop, "channel": c.channel.as_str(), "type": c.kind,
            "opened_at": local(c.opened_at), "closed_at": local(c.closed_at), "outcome": c.outcome.as_str(),
            "talk_s": c.talk_s, "hold_s": c.hold_s, "after_s": c.after_s,
        });
        out.line(c.shop, &row)?;
    }
    out.finish()?;
    let mut out = Files::new(organisation, folder, Kind::Ratings)?;
    for r in organisation.ratings() {
        let row = json!({
            "rating_id": r.rating_id, "shop": r.shop, "conversation_id": &*r.conversation_id,
            "rated_at": local(r.rated_at), "score": r.score, "comment": r.comment,
        });
        out.line(r.shop, &row)?;
    }
    out.finish()
}

fn local(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%d %H:%M:%S").to_string()
}

/// The files of one kind, one a merchant, found by shop.
struct Files {
    place_of_shop: HashMap<&'static str, usize>,
    files: Vec<BufWriter<File>>,
}

impl Files {
    fn new(organisation: &Organisation, folder: &Path, kind: Kind) -> Result<Files> {
        let mut files = Files { place_of_shop: HashMap::new(), files: Vec::new() };
        for merchant in &organisation.merchants {
            let place = files.files.len();
            files.place_of_shop.extend(merchant.shops.iter().map(|s| (s.code, place)));
            files.files.push(BufWriter::new(File::create(path(folder, merchant.slug, kind))?));
        }
        Ok(files)
    }

    fn line(&mut self, shop: &str, row: &Value) -> Result<()> {
        let file = &mut self.files[self.place_of_shop[shop]];
        serde_json::to_writer(&mut *file, row)?;
        Ok(file.write_all(b"\n")?)
    }

    fn finish(self) -> Result<()> {
        for mut file in self.files {
            file.flush()?;
        }
        Ok(())
    }
}
