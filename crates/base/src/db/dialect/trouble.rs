//! Faults of the database that pass, or that its operator can mend, by the codes of the two.

use std::borrow::Cow;

use sea_orm::sqlx::Error as SqlxError;
use sea_orm::{DbErr, RuntimeErr};

/// What is the matter with the database, where it is not the statement that is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Another process holds what was wanted for too long, or two transactions stood in each other's way.
    Busy,
    /// It does not answer, or broke the connection off.
    Gone,
    /// It has no room left.
    Full,
    /// It is a standby or may not be written.
    ReadOnly,
    /// Its files cannot be read or written.
    Files,
}

impl Trouble {
    /// What is said to whoever wanted something.
    pub fn detail(self) -> &'static str {
        match self {
            Trouble::Busy => "the database is busy with another write; nothing was changed; try again",
            Trouble::Gone => {
                "the database does not answer; whether the last step was done is not certain: look, then try again"
            }
            Trouble::Full => {
                "the disk of the database is full; nothing was changed: free space on it, then try again"
            }
            Trouble::ReadOnly => {
                "the database takes no writes just now; nothing was changed; try again, and if it stays so \
                 look whether it is a standby or its files are read-only"
            }
            Trouble::Files => {
                "the database cannot read or write its files; nothing was changed: look at its disk, then try again"
            }
        }
    }
}

/// Which of these an error is, if any.
pub fn trouble(failed: &DbErr) -> Option<Trouble> {
    let (DbErr::Conn(RuntimeErr::SqlxError(error))
    | DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))) = failed
    else {
        return matches!(failed, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)).then_some(Trouble::Gone);
    };
    let found = match &**error {
        SqlxError::Database(error) => error.code().and_then(by_code),
        SqlxError::Io(_)
        | SqlxError::Tls(_)
        | SqlxError::Protocol(_)
        | SqlxError::PoolTimedOut
        | SqlxError::PoolClosed
        | SqlxError::WorkerCrashed => Some(Trouble::Gone),
        _ => None,
    };
    // Whatever keeps a connection from coming about.
    found.or(matches!(failed, DbErr::Conn(_)).then_some(Trouble::Gone))
}

/// Whether a text was refused for a character that the database cannot keep: PostgreSQL takes no NUL.
pub fn is_unstorable(failed: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) = failed
    else {
        return false;
    };
    error.as_database_error().and_then(|error| error.code()).is_some_and(|code| code == "22021")
}

/// SQLite's codes are numbers whose low byte says the kind; PostgreSQL's have five characters.
fn by_code(code: Cow<'_, str>) -> Option<Trouble> {
    if code.len() < 5 {
        return match code.parse::<i32>().ok()? & 0xff {
            5 | 6 => Some(Trouble::Busy),
            8 => Some(Trouble::ReadOnly),
            10 | 14 => Some(Trouble::Files),
            13 => Some(Trouble::Full),
            _ => None,
        };
    }
    match &*code {
        "40001" | "40P01" | "55P03" => Some(Trouble::Busy),
        "57P01" | "57P02" | "57P03" | "53300" => Some(Trouble::Gone),
        "53100" => Some(Trouble::Full),
        "25006" => Some(Trouble::ReadOnly),
        "58030" => Some(Trouble::Files),
        code if code.starts_with("08") => Some(Trouble::Gone),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_databases_codes_are_known() {
        let of = |code: &'static str| by_code(code.into());
        // SQLITE_BUSY_SNAPSHOT, SQLITE_FULL, SQLITE_IOERR_SHMSIZE, SQLITE_CONSTRAINT_UNIQUE.
        assert_eq!(
            [of("517"), of("13"), of("4874"), of("2067")],
            [Some(Trouble::Busy), Some(Trouble::Full), Some(Trouble::Files), None]
        );
        assert_eq!(
            [of("53100"), of("08006"), of("25006"), of("23505")],
            [Some(Trouble::Full), Some(Trouble::Gone), Some(Trouble::ReadOnly), None]
        );
    }
}
