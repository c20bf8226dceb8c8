//! Uploaded bytes: a file is there as a whole and synced to disk, or not at all.

use std::path::{Path, PathBuf};

use futures::{Stream, StreamExt};
use tokio::io::AsyncWriteExt;

use crate::errors::{Code, Error, Result};
use crate::ids::Uuid;

/// A folder of files named by id.
#[derive(Debug, Clone)]
pub struct Files {
    folder: PathBuf,
}

impl Files {
    /// Files in `folder`, which is made when the first one arrives.
    pub fn in_folder(folder: PathBuf) -> Self {
        Files { folder }
    }

    /// The folder; it may not be there yet.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the file of this id lies (or would lie).
    pub fn path(&self, id: Uuid) -> PathBuf {
        self.folder.join(id.to_string())
    }

    /// Takes a stream of bytes in, at most `limit` of them; returns how many there were. The file
    /// is synced before this returns, its name included.
    ///
    /// # Errors
    /// `too_large` beyond the limit, `invalid` when the stream breaks off; nothing is left then.
    pub async fn save<S, B, E>(&self, id: Uuid, mut bytes: S, limit: u64) -> Result<u64>
    where
        S: Stream<Item = Result<B, E>> + Unpin,
        B: AsRef<[u8]>,
        E: std::fmt::Display,
    {
        tokio::fs::create_dir_all(&self.folder).await?;
        let draft = self.folder.join(format!("{id}.part"));
        let result = write_all(&draft, &mut bytes, limit).await;
        match result {
            Ok(size) => {
                tokio::fs::rename(&draft, self.path(id)).await?;
                tokio::fs::File::open(&self.folder).await?.sync_all().await?;
                Ok(size)
            }
            Err(error) => {
                tokio::fs::remove_file(&draft).await.ok();
                Err(error)
            }
        }
    }

    /// Removes the file of this id; none there is fine.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub async fn remove(&self, id: Uuid) -> Result<()> {
        match tokio::fs::remove_file(self.path(id)).await {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(e.into()),
            _ => Ok(()),
        }
    }
}

async fn write_all<S, B, E>(draft: &Path, bytes: &mut S, limit: u64) -> Result<u64>
where
    S: Stream<Item = Result<B, E>> + Unpin,
    B: AsRef<[u8]>,
    E: std::fmt::Display,
{
    let mut out = tokio::fs::File::create(draft).await?;
    let mut size = 0u64;
    while let Some(part) = bytes.next().await {
        let part = part.map_err(|e| {
            Error::invalid(format!("the upload broke off: {e}; nothing was kept, please send the file again"))
        })?;
        size += part.as_ref().len() as u64;
        if size > limit {
            let detail = format!("the file is larger than {} MB; split it and send the parts", limit >> 20);
            return Err(Error::new(Code::TooLarge, detail));
        }
        out.write_all(part.as_ref()).await?;
    }
    // Syncing alone would not tell of a last write that failed, as on a full disk.
    out.flush().await?;
    out.sync_all().await?;
    Ok(size)
}
