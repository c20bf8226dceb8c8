//! Long texts that people write: questions, answers, remarks. Pure.

/// A text without what no text may hold: line ends alike, no control characters but line breaks and tabs.
/// PDF readers and word processors put such characters into what is copied from them, where nobody sees them,
/// and PostgreSQL does not keep a NUL: they are taken out rather than refused.
pub(crate) fn cleaned(text: &str) -> String {
    let alike = text.replace("\r\n", "\n");
    alike.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_taken_out() {
        assert_eq!(cleaned("先道\u{2}歉\0\r\n\t再\u{b}说\u{7f}\u{85}"), "先道歉\n\t再说");
        assert_eq!(cleaned("\0"), "");
    }
}
