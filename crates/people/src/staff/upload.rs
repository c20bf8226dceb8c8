//! A sheet that is among the files while it is read, and no longer: it holds telephone numbers in clear.

use std::io::ErrorKind;
use std::path::PathBuf;

use futures::Stream;
use kexun_base::files::Files;
use kexun_base::ids::Uuid;
use kexun_base::{Ctx, Result};

/// A file that goes when this is dropped: after an answer, an error, and when the client hangs up.
#[derive(Debug)]
pub(super) struct Upload {
    files: Files,
    id: Uuid,
}

impl Upload {
    /// Takes a stream of bytes in, at most `limit` of them.
    ///
    /// # Errors
    /// As [`Files::save`].
    pub async fn save<S, B, E>(ctx: &Ctx, bytes: S, limit: u64) -> Result<Upload>
    where
        S: Stream<Item = Result<B, E>> + Unpin,
        B: AsRef<[u8]>,
        E: std::fmt::Display,
    {
        let upload = Upload { files: ctx.files().clone(), id: ctx.id() };
        upload.files.save(upload.id, bytes, limit).await?;
        Ok(upload)
    }

    /// Where it lies.
    pub fn path(&self) -> PathBuf {
        self.files.path(self.id)
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        let whole = self.path();
        // The draft first: one that is being renamed meanwhile is found under its second name.
        for path in [whole.with_extension("part"), whole] {
            match std::fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    tracing::warn!(%error, path = %path.display(), "a sheet of staff could not be removed");
                }
                _ => {}
            }
        }
    }
}
