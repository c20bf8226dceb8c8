//! Names of persons behind a label: `收货人:张三`. A name alone is not told from ordinary words safely; behind a label
//! and a colon, beginning with a frequent surname, two to four characters long and ended by something that is no Han
//! character, it is.

use super::context::starts_with;
use super::{Kind, Span};

const LABELS: &str = "收货人 收件人 寄件人 发件人 联系人 姓名 户名 收货人姓名 收件人姓名 客户姓名 持卡人";

/// The hundred most frequent surnames cover about 85 % of the people; with the next ones and the double surnames
/// about 97 %.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎\
余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文\
庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜\
詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边闫肖欧诸上司端";

/// What people write in the place of a name.
const NO_NAMES: [&str; 10] = ["成员", "方便", "时间", "华为", "安装", "安全", "高级", "单位", "包装", "金额"];

pub(super) fn find(chars: &[char], spans: &mut Vec<Span>) {
    for at in 1..chars.len() {
        if chars[at] != ':' || !LABELS.split_whitespace().any(|label| ends_with(&chars[..at], label)) {
            continue;
        }
        let start = at + 1 + chars[at + 1..].iter().take_while(|ch| **ch == ' ').count();
        let len = chars[start..].iter().take_while(|ch| is_han(**ch)).count();
        let person = (2..=4).contains(&len)
            && SURNAMES.contains(chars[start])
            && !NO_NAMES.iter().any(|word| starts_with(&chars[start..], word));
        if person {
            spans.push(Span { kind: Kind::Name, start, end: start + len });
        }
    }
}

fn is_han(ch: char) -> bool {
    matches!(ch, '\u{4e00}'..='\u{9fff}')
}

fn ends_with(chars: &[char], word: &str) -> bool {
    let len = word.chars().count();
    chars.len() >= len && starts_with(&chars[chars.len() - len..], word)
}
