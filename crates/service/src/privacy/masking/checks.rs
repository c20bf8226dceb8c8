//! What the digits of a number prove about themselves.

/// Whether 11 digits have the form of a mainland mobile number: 1, then 3 to 9. Narrower tables of the carriers' blocks
/// grow every year; a number of a block opened tomorrow is personal too.
pub(super) fn is_mobile(digits: &[u8]) -> bool {
    digits.len() == 11 && digits[0] == 1 && digits[1] >= 3
}

/// Whether 17 digits and a check character (10 for X) are a resident identity number: province, birth date, check digit
/// (GB 11643-1999, ISO 7064 MOD 11-2).
pub(super) fn is_identity(digits: &[u8]) -> bool {
    const WEIGHTS: [u32; 18] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1];
    is_identity_form(digits)
        && digits.iter().zip(WEIGHTS).map(|(&digit, weight)| u32::from(digit) * weight).sum::<u32>() % 11 == 1
}

/// The same without the check digit: for a number that its writer calls an identity number but mistyped.
pub(super) fn is_identity_form(digits: &[u8]) -> bool {
    digits.len() == 18
        && is_province(digits)
        && is_date(number(&digits[6..10]), number(&digits[10..12]), number(&digits[12..14]))
}

/// Whether 15 digits have the form of an identity number as issued until 1999 (no check digit, year of two digits).
pub(super) fn is_old_identity(digits: &[u8]) -> bool {
    digits.len() == 15
        && is_province(digits)
        && is_date(1900 + number(&digits[6..8]), number(&digits[8..10]), number(&digits[10..12]))
}

/// The province codes of GB/T 2260, and 81 to 83 of the residence permits for Hong Kong, Macao and Taiwan.
fn is_province(digits: &[u8]) -> bool {
    matches!(
        digits[0] * 10 + digits[1],
        11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83
    )
}

/// Whether a date can be a birth date. The end is fixed and generous, because the rules must not depend on the day.
fn is_date(year: u32, month: u32, day: u32) -> bool {
    let last = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1900..2050).contains(&year) && (1..=12).contains(&month) && (1..=last).contains(&day)
}

/// The check digit of ISO/IEC 7812-1, annex B (Luhn).
pub(super) fn is_luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, &digit)| {
            let value = u32::from(digit) * if place % 2 == 0 { 1 } else { 2 };
            value / 10 + value % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Whether prefix and length are of cards that people in China carry: UnionPay 62 (16 to 19 digits), ICBC's old 9558
/// (19), and with 16 digits Visa 4, Mastercard 51–55 and 2221–2720, JCB 35, Discover 60. American Express (15 digits,
/// 34 and 37) looks like many tracking numbers and needs a word that says card.
pub(super) fn is_card_prefix(digits: &[u8]) -> bool {
    let head = number(&digits[..4]);
    match digits.len() {
        16 => matches!(head / 100, 35 | 60 | 62 | 40..=49 | 51..=55) || (2221..=2720).contains(&head),
        17 | 18 => head / 100 == 62,
        19 => head / 100 == 62 || head == 9558,
        _ => false,
    }
}

/// Whether 15 digits have the prefix of American Express.
pub(super) fn is_amex_prefix(digits: &[u8]) -> bool {
    digits.len() == 15 && digits[0] == 3 && matches!(digits[1], 4 | 7)
}

/// The length of the area code (with its 0) that the digits begin with, if it is one of the numbering plan.
pub(super) fn area_code(digits: &[u8]) -> Option<usize> {
    if digits.len() < 3 || digits[0] != 0 {
        return None;
    }
    if matches!((digits[1], digits[2]), (1, 0) | (2, 0..=5 | 7..=9)) {
        return Some(3);
    }
    (digits.len() >= 4 && is_long_area_code(number(&digits[1..4]))).then_some(4)
}

/// The area codes of three digits behind the 0 (numbering plan of the Ministry of Industry and Information Technology).
fn is_long_area_code(code: u32) -> bool {
    matches!(
        code,
        310..=319 | 335 | 349..=359 | 370..=379 | 391..=396 | 398 | 410..=419 | 421 | 427 | 429 | 431..=440
            | 451..=459 | 464 | 467..=479 | 482 | 483 | 510..=519 | 523 | 527 | 530..=539 | 543 | 546
            | 550..=559 | 561..=566 | 570..=580 | 591..=599 | 631..=635 | 660 | 662 | 663 | 668 | 691 | 692
            | 701 | 710..=719 | 722 | 724 | 728 | 730..=739 | 743..=746 | 750..=760 | 762 | 763 | 766 | 768..=779
            | 790..=799 | 812 | 813 | 816..=818 | 825..=827 | 830..=839 | 851..=859 | 870..=879 | 883 | 886..=888
            | 891..=899 | 901..=903 | 906 | 908 | 909 | 911..=919 | 930..=939 | 941 | 943 | 951..=955
            | 970..=979 | 990..=999
    )
}

/// Whether the digits behind the area code have the form of a subscriber's number: 7 or 8 digits (8 behind a code of
/// three), the first 2 to 8 (0 and 1 are long distance and services, 9 services).
pub(super) fn is_subscriber(digits: &[u8], code_len: usize) -> bool {
    (digits.len() == 8 || (digits.len() == 7 && code_len == 4)) && matches!(digits[0], 2..=8)
}

fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |value, &digit| value * 10 + u32::from(digit))
}
