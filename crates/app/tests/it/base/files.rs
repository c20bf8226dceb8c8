//! Uploaded bytes: there as a whole, or not at all.

use axum::body::Bytes;
use kexun_base::Code;
use kexun_base::files::Files;
use kexun_base::ids::Uuid;

const ID: Uuid = Uuid::from_u128(1);

fn parts(
    parts: Vec<Result<&'static [u8], &'static str>>,
) -> impl futures::Stream<Item = Result<Bytes, &'static str>> + Unpin {
    futures::stream::iter(parts.into_iter().map(|p| p.map(Bytes::from_static)))
}

fn left_in(folder: &std::path::Path) -> usize {
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}

#[tokio::test]
async fn a_whole_file_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::in_folder(folder.path().join("files"));
    let size = files.save(ID, parts(vec![Ok(b"ab"), Ok(b""), Ok(b"c")]), 3).await.unwrap();
    assert_eq!(size, 3);
    assert_eq!(std::fs::read(files.path(ID)).unwrap(), b"abc");
    files.remove(ID).await.unwrap();
    files.remove(ID).await.unwrap();
    assert_eq!(left_in(&folder.path().join("files")), 0);
}

#[tokio::test]
async fn a_file_beyond_the_limit_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::in_folder(folder.path().to_owned());
    let error = files.save(ID, parts(vec![Ok(b"ab"), Ok(b"cd")]), 3).await.unwrap_err();
    assert_eq!(error.code, Code::TooLarge);
    assert_eq!(left_in(folder.path()), 0);
}

#[tokio::test]
async fn an_upload_cut_off_leaves_nothing_and_no_trace_in_the_former_file() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::in_folder(folder.path().to_owned());
    files.save(ID, parts(vec![Ok(b"old")]), 10).await.unwrap();
    let error = files.save(ID, parts(vec![Ok(b"new"), Err("reset")]), 10).await.unwrap_err();
    assert_eq!(error.code, Code::Invalid);
    assert_eq!(std::fs::read(files.path(ID)).unwrap(), b"old");
    assert_eq!(left_in(folder.path()), 1);
}
