//! What a browser says that it is, in a few words. Pure.

/// Letters of an unknown browser's own words that are shown.
const UNKNOWN: usize = 40;

/// What tells browsers apart, the particular before the general: most say that they are Chrome and Safari
/// as well.
const BROWSERS: [(&str, &str); 16] = [
    ("DingTalk", "DingTalk"),
    ("wxwork/", "WeCom"),
    ("MicroMessenger/", "WeChat"),
    ("Lark/", "Feishu"),
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("QQBrowser/", "QQ Browser"),
    ("UCBrowser/", "UC Browser"),
    ("HuaweiBrowser/", "Huawei Browser"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: [(&str, &str); 9] = [
    ("HarmonyOS", "HarmonyOS"),
    ("OpenHarmony", "HarmonyOS"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// Browser and system of a `User-Agent`; of an unknown one its own first words, of none nothing.
pub(super) fn device(user_agent: &str) -> Option<String> {
    let named = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => Some(format!("{browser}, {system}")),
        (Some(one), None) | (None, Some(one)) => Some(one.to_owned()),
        (None, None) => {
            let words: String = user_agent.chars().filter(|c| !c.is_control()).take(UNKNOWN).collect();
            Some(words.trim().to_owned()).filter(|words| !words.is_empty())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_apart() {
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)";
        let phone =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
        let android = "Mozilla/5.0 (Linux; Android 14; PGT-AN10) AppleWebKit/537.36 (KHTML, like Gecko)";
        for (said, expected) in [
            (format!("{windows} Chrome/130.0.0.0 Safari/537.36"), "Chrome, Windows"),
            (format!("{windows} Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0"), "Edge, Windows"),
            (format!("{phone} Version/18.0 Mobile/15E148 Safari/604.1"), "Safari, iPhone"),
            (format!("{phone} Mobile/15E148 MicroMessenger/8.0.50(0x1) NetType/WIFI"), "WeChat, iPhone"),
            (format!("{phone} Mobile/15E148 wxwork/4.1.0 MicroMessenger/7.0.1"), "WeCom, iPhone"),
            (
                format!("{android} Chrome/120.0.0.0 Mobile Safari/537.36 AliApp(DingTalk/7.6)"),
                "DingTalk, Android",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0".into(),
                "Firefox, Linux",
            ),
            ("curl/8.5.0".into(), "curl/8.5.0"),
            (format!("\u{7}{}", "长".repeat(60)), &"长".repeat(40)),
        ] {
            assert_eq!(device(&said).as_deref(), Some(expected), "{said}");
        }
        assert_eq!(device(" "), None);
    }
}
