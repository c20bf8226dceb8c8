//! The pictures, videos and files of a course.
//!
//! What a file is its content says, never its name: whatever a browser could run (HTML, SVG, scripts)
//! is refused, because its bytes are none of the kinds below. A file belongs to one course and is seen by
//! whoever sees the course.

mod api;
mod service;
mod sniff;

pub use api::CourseFile;
pub(super) use api::router;
pub use service::{add, remove};

kexun_base::id!(
    /// A file of a course.
    CourseFileId
);

kexun_base::words!(
    /// What a file of a course can be used for.
    FileKind {
        /// Shown: PNG, JPEG, GIF, WebP.
        Image = "image",
        /// Played: MP4, WebM.
        Video = "video",
        /// Saved and opened elsewhere: PDF, Office documents, ZIP.
        File = "file",
    }
);

impl FileKind {
    /// The most bytes of such a file: an hour of video at what phones show, and slides with pictures. More
    /// would not play on the road.
    pub fn most_bytes(self) -> u64 {
        match self {
            FileKind::Video => 500 << 20,
            FileKind::Image | FileKind::File => 50 << 20,
        }
    }
}
