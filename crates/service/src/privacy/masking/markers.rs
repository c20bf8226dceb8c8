//! The building blocks of a postal address: what can be recognised on its own, before it is asked whether the whole is an
//! address. A marker is a name with the word that ends it (文三路, 余杭区, 阳光小区) or a number with its unit (88号, 3栋).

use std::sync::LazyLock;

use super::charset::CharSet;
use super::places;

/// What a marker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Province, city, district, county; also by its short name.
    Region,
    /// Town, township, subdistrict.
    Town,
    /// Road, street, lane.
    Road,
    /// Village.
    Village,
    /// Housing estate.
    Estate,
    /// Public building or institution.
    Building,
    /// A number with 号 or 弄.
    Number,
    /// A number with 栋, 幢, 号楼.
    Block,
    /// A number with 单元.
    Entrance,
    /// A number with 室.
    Room,
    /// A number with 楼, 层, 座, 组 …: says little alone.
    Part,
}

/// A building block, in characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marker {
    pub sort: Sort,
    pub start: usize,
    pub end: usize,
}

/// A word that ends a name.
struct Suffix {
    word: &'static str,
    sort: Sort,
    /// The shortest name before it.
    least: usize,
    /// Characters before it that make another word: 超市, 思路.
    not_after: &'static str,
    /// Characters behind it that make another word: 区别, 路由.
    not_before: &'static str,
    /// Whether it counts only directly before a number: 城 and 湾 end too many other words.
    numbered: bool,
}

const fn suffix(
    word: &'static str,
    sort: Sort,
    least: usize,
    not_after: &'static str,
    not_before: &'static str,
) -> Suffix {
    Suffix { word, sort, least, not_after, not_before, numbered: false }
}

const fn numbered(word: &'static str, sort: Sort) -> Suffix {
    Suffix { word, sort, least: 2, not_after: "", not_before: "", numbered: true }
}

/// Longer words first.
const SUFFIXES: &[Suffix] = &[
    suffix("特别行政区", Sort::Region, 2, "", ""),
    suffix("自治区", Sort::Region, 2, "", ""),
    suffix("自治州", Sort::Region, 2, "", ""),
    suffix("自治县", Sort::Region, 2, "", ""),
    suffix("开发区", Sort::Region, 2, "", ""),
    suffix("街道", Sort::Town, 2, "", "办"),
    suffix("家属院", Sort::Estate, 2, "", ""),
    suffix("写字楼", Sort::Building, 2, "", ""),
    suffix("工业园区", Sort::Building, 0, "", ""),
    suffix("工业园", Sort::Building, 0, "", "路街大东西南北"),
    suffix("产业园", Sort::Building, 0, "", "路街大东西南北"),
    suffix("科技园", Sort::Building, 0, "", "路街大东西南北"),
    suffix("软件园", Sort::Building, 0, "", "路街大东西南北"),
    suffix("工业区", Sort::Building, 0, "", ""),
    suffix("大道", Sort::Road, 1, "", ""),
    suffix("大街", Sort::Road, 1, "", ""),
    suffix("公路", Sort::Road, 1, "高速", ""),
    suffix("胡同", Sort::Road, 1, "", ""),
    suffix("小区", Sort::Estate, 2, "", ""),
    suffix("社区", Sort::Estate, 2, "", ""),
    suffix("花园", Sort::Estate, 2, "", ""),
    suffix("花苑", Sort::Estate, 1, "", ""),
    suffix("家园", Sort::Estate, 2, "", ""),
    suffix("新村", Sort::Estate, 2, "", ""),
    suffix("公寓", Sort::Estate, 2, "", ""),
    suffix("公馆", Sort::Estate, 2, "", ""),
    suffix("别墅", Sort::Estate, 2, "", ""),
    suffix("山庄", Sort::Estate, 2, "", ""),
    suffix("名邸", Sort::Estate, 1, "", ""),
    suffix("华庭", Sort::Estate, 1, "", ""),
    suffix("雅苑", Sort::Estate, 1, "", ""),
    suffix("佳苑", Sort::Estate, 1, "", ""),
    suffix("宿舍", Sort::Estate, 2, "", "楼"),
    suffix("大厦", Sort::Building, 2, "", ""),
    suffix("广场", Sort::Building, 2, "", ""),
    suffix("大楼", Sort::Building, 2, "", ""),
    suffix("中心", Sort::Building, 2, "", ""),
    suffix("大学", Sort::Building, 2, "", ""),
    suffix("学院", Sort::Building, 2, "", ""),
    suffix("中学", Sort::Building, 2, "", ""),
    suffix("小学", Sort::Building, 2, "", ""),
    suffix("学校", Sort::Building, 2, "", ""),
    suffix("医院", Sort::Building, 2, "", ""),
    suffix("公司", Sort::Building, 2, "", ""),
    suffix("商城", Sort::Building, 2, "", ""),
    suffix("酒店", Sort::Building, 2, "", ""),
    suffix("市场", Sort::Building, 2, "", ""),
    suffix("省", Sort::Region, 2, "外节本全跨哪", "心钱事得略力电时"),
    suffix("市", Sort::Region, 2, "城超上门都股夜早", "场面价值民"),
    suffix("区", Sort::Region, 2, "地片专郊禁景市战误超", "别分间域块号"),
    suffix("县", Sort::Region, 1, "本", "城"),
    suffix("旗", Sort::Region, 2, "红国", "袍舰"),
    suffix("镇", Sort::Town, 1, "乡冰", "定痛上"),
    suffix("乡", Sort::Town, 1, "老家下城", "镇村下"),
    suffix("路", Sort::Road, 1, "一线思电道套网走半后出迷铁", "由上过径线途费程"),
    suffix("街", Sort::Road, 1, "逛上", "道拍上"),
    suffix("巷", Sort::Road, 1, "", ""),
    suffix("村", Sort::Village, 1, "农乡", "里民上"),
    suffix("屯", Sort::Village, 1, "", ""),
    numbered("苑", Sort::Estate),
    numbered("园", Sort::Estate),
    numbered("城", Sort::Estate),
    numbered("府", Sort::Estate),
    numbered("湾", Sort::Estate),
    numbered("庭", Sort::Estate),
    numbered("居", Sort::Estate),
    numbered("轩", Sort::Estate),
    numbered("阁", Sort::Estate),
    numbered("邸", Sort::Estate),
    numbered("郡", Sort::Estate),
    numbered("墅", Sort::Estate),
    numbered("里", Sort::Estate),
    numbered("庄", Sort::Estate),
    numbered("院", Sort::Building),
    numbered("国际", Sort::Estate),
    numbered("厂", Sort::Building),
];

/// Words behind a number, longer first.
const UNITS: &[(&str, Sort)] = &[
    ("号宿舍楼", Sort::Block),
    ("号楼", Sort::Block),
    ("号院", Sort::Number),
    ("单元", Sort::Entrance),
    ("栋", Sort::Block),
    ("幢", Sort::Block),
    ("室", Sort::Room),
    ("号", Sort::Number),
    ("弄", Sort::Number),
    ("座", Sort::Part),
    ("塔", Sort::Part),
    ("楼", Sort::Part),
    ("层", Sort::Part),
    ("户", Sort::Part),
    ("房", Sort::Part),
    ("组", Sort::Part),
    ("队", Sort::Part),
    ("区", Sort::Part),
    ("期", Sort::Part),
];

/// The longest name before a suffix; 土家族苗族 and the like need most.
const LONGEST_NAME: usize = 8;

/// Characters that belong to the sentence, not to a name: "寄到文三路". Some do occur in names of roads; the address then
/// begins a little late, which hides less than a whole sentence would.
static SENTENCE: CharSet = SIGNS_LIST.with(WORDS);
/// Signs end a name everywhere.
static SIGNS: CharSet = SIGNS_LIST;
const SIGNS_LIST: CharSet = CharSet::of(",.。!?;:()[]{}<>'\"/\\|+-=*&#@~`^%$ \n\r⟦⟧【】“”‘’《》「」…");
const WORDS: &str = "在到是住寄往去我你您他她们给了的为送改换叫把跟就这那哪吗呢吧啊没不请帮能有址放从个与";

/// Two characters that end a sentence before a name.
const PHRASES: [[char; 2]; 10] = [
    ['一', '下'],
    ['看', '看'],
    ['麻', '烦'],
    ['附', '近'],
    ['那', '边'],
    ['帮', '忙'],
    ['改', '成'],
    ['换', '成'],
    ['写', '成'],
    ['变', '成'],
];

/// With these a number of a house begins.
static NUMBER_HEADS: CharSet = CharSet::of(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz附甲乙丙丁第一二三四五六七八九十百零〇",
);

/// With these a word of [`SUFFIXES`] begins.
static SUFFIX_HEADS: LazyLock<CharSet> =
    LazyLock::new(|| SUFFIXES.iter().fold(CharSet::of(""), |set, suffix| set.with(&suffix.word[..3])));

/// All markers of a text, in order and without overlaps.
pub(super) fn find(chars: &[char]) -> Vec<Marker> {
    let suffix_heads = &*SUFFIX_HEADS;
    let mut markers: Vec<Marker> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let marker =
            region(chars, at).or_else(|| unit(chars, at, markers.last().map_or(0, |last| last.end))).or_else(
                || suffix_heads.contains(chars[at]).then(|| named(chars, at, markers.last().copied()))?,
            );
        match marker {
            Some(marker) => {
                at = marker.end;
                markers.push(marker);
            }
            None => at += 1,
        }
    }
    markers
}

/// A province or city by its name, with or without 省 or 市. A road named after one (南京路) is a road.
fn region(chars: &[char], at: usize) -> Option<Marker> {
    let mut end = at + places::name_len(&chars[at..])?;
    for word in ["壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "特别行政区", "省", "市"]
    {
        if starts_with(&chars[end..], word) {
            end += word.chars().count();
            break;
        }
    }
    let road = (end..chars.len().min(end + 4))
        .take_while(|place| !SENTENCE.contains(chars[*place]))
        .any(|place| "路街道巷".contains(chars[place]));
    let bare = !"省市区".contains(chars[end - 1]);
    let road = bare && road && chars.get(end).is_some_and(|ch| "路街道巷大东西南北中".contains(*ch));
    let district = bare && chars.get(end).is_some_and(|ch| "区县".contains(*ch));
    (!road && !district).then_some(Marker { sort: Sort::Region, start: at, end })
}

/// A number with its unit.
fn unit(chars: &[char], start: usize, floor: usize) -> Option<Marker> {
    if !NUMBER_HEADS.contains(chars[start]) {
        return None;
    }
    if start > 0 && (chars[start - 1].is_ascii_alphanumeric() || chars[start - 1] == '.') {
        return None;
    }
    let end = start + number_len(&chars[start..])?;
    let (word, sort) = UNITS.iter().find(|(word, _)| starts_with(&chars[end..], word))?;
    let end = end + word.chars().count();
    let name = name_start(chars, start, floor);
    if *word == "期" && start - name >= 2 {
        // 龙湖滟澜山2期: only estates are built in phases.
        return Some(Marker { sort: Sort::Estate, start: name, end });
    }
    Some(Marker { sort: *sort, start, end })
}

/// The length of a house number: 88, 12-3, 12之3, A3, 3B, B, 附12, 甲1, 十二.
pub(super) fn number_len(chars: &[char]) -> Option<usize> {
    let head = chars.iter().take(1).take_while(|ch| "附甲乙丙丁第".contains(**ch)).count();
    let rest = &chars[head..];
    let plain = rest
        .iter()
        .take(13)
        .enumerate()
        .take_while(|(place, ch)| ch.is_ascii_alphanumeric() || (*place > 0 && (**ch == '-' || **ch == '之')))
        .count();
    let plain = plain - rest[..plain].iter().rev().take_while(|ch| !ch.is_ascii_alphanumeric()).count();
    let letters = rest[..plain].iter().filter(|ch| ch.is_ascii_alphabetic()).count();
    let digits = rest[..plain].iter().filter(|ch| ch.is_ascii_digit()).count();
    if plain > 0 && letters <= 1 && digits <= 8 && plain <= 12 {
        return Some(head + plain);
    }
    let han = rest.iter().take(5).take_while(|ch| "一二三四五六七八九十百零〇".contains(**ch)).count();
    (1..=4).contains(&han).then_some(head + han)
}

/// A name whose last word begins at `at`, behind the marker `last`.
fn named(chars: &[char], at: usize, last: Option<Marker>) -> Option<Marker> {
    let suffix = SUFFIXES.iter().find(|suffix| starts_with(&chars[at..], suffix.word))?;
    let end = at + suffix.word.chars().count();
    let floor = last.map_or(0, |last| last.end);
    let mut start = name_start(chars, at, floor);
    let road_behind_marker = suffix.sort == Sort::Road && floor > 0 && at - floor <= 4;
    if road_behind_marker && !chars[floor..at].iter().any(|ch| SIGNS.contains(*ch)) {
        // 镇美的大道: behind a marker 的 is a part of the name.
        start = floor;
    }
    // 131号航洋国际城: a name directly behind a house number is that of the house.
    let house = last.is_some_and(|last| last.sort == Sort::Number && last.end == start);
    let good = at - start >= suffix.least
        && (at == 0 || !suffix.not_after.contains(chars[at - 1]))
        && !chars.get(end).is_some_and(|ch| suffix.not_before.contains(*ch))
        && (!suffix.numbered || house || number_len(&chars[end..]).is_some());
    good.then_some(Marker { sort: suffix.sort, start, end })
}

/// Where the name that ends at `at` begins: behind the last character that belongs to the sentence.
fn name_start(chars: &[char], at: usize, floor: usize) -> usize {
    let mut start = at;
    while start > floor && at - start < LONGEST_NAME && !is_sentence(chars, start - 1) {
        start -= 1;
    }
    while at - start > 2 && "发收要看家找说上问第".contains(chars[start]) && start > floor {
        start += 1;
    }
    start
}

/// Whether the character belongs to the sentence rather than to a name (放 does not in 解放路).
pub(super) fn is_sentence(chars: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|place| chars[place]);
    (SENTENCE.contains(chars[at]) && (before, chars[at]) != (Some('解'), '放'))
        || before.is_some_and(|before| PHRASES.contains(&[before, chars[at]]))
}

fn starts_with(chars: &[char], word: &str) -> bool {
    let mut rest = chars.iter();
    word.chars().all(|letter| rest.next() == Some(&letter))
}
