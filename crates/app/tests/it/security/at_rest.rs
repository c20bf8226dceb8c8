//! What lies on disk.

use std::os::unix::fs::PermissionsExt;

use kexun::wiring::Migrator;
use kexun_base::db::{Db, Target};
use kexun_base::ids::SeededRandom;
use kexun_base::secrets::Key;

#[tokio::test]
async fn a_fresh_data_folder_is_its_owners_alone() {
    let around = tempfile::tempdir().unwrap();
    let folder = around.path().join("data");
    let db = Db::open::<Migrator>(&Target::Folder(folder.clone())).await.unwrap();
    Key::from_file(&folder.join("master.key"), &SeededRandom::new(1)).unwrap();
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("master.key")), 0o600);
    db.close().await.unwrap();
}
