//! What each figure is called, counts, and where its rule comes from, for people to read.

use serde::Serialize;
use utoipa::ToSchema;

use super::figures::Figure;

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// What a value is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A number of things.
    Count,
    /// Seconds.
    Seconds,
    /// A part of a whole, 0–1.
    Share,
    /// A quotient that may exceed 1.
    Ratio,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More is better.
    Up,
    /// Less is better.
    Down,
}

/// Where a figure stands on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// How much.
    Volume,
    /// How fast.
    Speed,
    /// How it was for the customers.
    Customers,
    /// As a platform counts.
    Platform,
}

/// The period that the platform itself looks at: what a page asks for by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// One day.
    Day,
    /// The last thirty days.
    Days30,
    /// The calendar month.
    Month,
}

/// A definition of a figure, in force as shipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Definition {
    /// The key, parameter included.
    pub key: String,
    /// Its version.
    pub version: u32,
    /// Its name.
    pub name: Text,
    /// What it counts, in one sentence.
    pub about: Text,
    /// What it is measured in.
    pub unit: Unit,
    /// Which way is better; `None` where neither is as such.
    pub better: Option<Better>,
    /// Where it stands.
    pub group: Group,
    /// Where the rule comes from, and to check it, for those of platforms.
    pub source: Option<Text>,
    /// The platform's own period, where it has one.
    pub window: Option<Window>,
}

impl Figure {
    /// The figures that ship, in the order of a page, each with its usual parameter.
    pub const SHIPPED: [Figure; 22] = [
        Self::Conversations,
        Self::Customers,
        Self::Unanswered,
        Self::Outbound,
        Self::Rounds,
        Self::CustomerMessages,
        Self::AgentMessages,
        Self::FirstResponse,
        Self::AverageResponse,
        Self::AnsweredWithin(180),
        Self::ReplyRatio,
        Self::HandlingTime,
        Self::Satisfaction,
        Self::Resolution,
        Self::Fcr(Self::DEFAULT_FCR_HOURS),
        Self::Taobao3min,
        Self::WangwangResponse,
        Self::PddEffectiveReply,
        Self::Jd30s,
        Self::JdSatisfaction,
        Self::Douyin3min,
        Self::Kuaishou3min,
    ];

    /// Its definition.
    #[must_use]
    pub fn definition(self) -> Definition {
        let (name, about) = self.words();
        let (unit, better, group) = self.kind();
        let (source, window) = self.platform().unzip();
        Definition {
            key: self.to_string(),
            version: self.version(),
            name,
            about,
            unit,
            better,
            group,
            source,
            window: window.flatten(),
        }
    }

    fn kind(self) -> (Unit, Option<Better>, Group) {
        use {Better::*, Group::*, Unit::*};
        match self {
            Self::Conversations
            | Self::Customers
            | Self::Outbound
            | Self::Rounds
            | Self::CustomerMessages
            | Self::AgentMessages => (Count, None, Volume),
            Self::Unanswered => (Count, Some(Down), Volume),
            Self::FirstResponse | Self::AverageResponse => (Seconds, Some(Down), Speed),
            Self::AnsweredWithin(_) => (Share, Some(Up), Speed),
            // More words are not better service, nor is a shorter talk.
            Self::ReplyRatio => (Ratio, None, Speed),
            Self::HandlingTime => (Seconds, None, Speed),
            Self::Satisfaction | Self::Resolution | Self::Fcr(_) => (Share, Some(Up), Customers),
            Self::WangwangResponse => (Seconds, Some(Down), Platform),
            Self::Taobao3min
            | Self::PddEffectiveReply
            | Self::Jd30s
            | Self::JdSatisfaction
            | Self::Douyin3min
            | Self::Kuaishou3min => (Share, Some(Up), Platform),
        }
    }

    fn platform(self) -> Option<(Text, Option<Window>)> {
        let (zh, en, window) = match self {
            Self::Taobao3min => ("淘宝", "Taobao", Some(Window::Days30)),
            Self::WangwangResponse => ("淘宝旺旺", "Taobao Wangwang", Some(Window::Day)),
            Self::PddEffectiveReply => ("拼多多", "Pinduoduo", Some(Window::Day)),
            Self::Jd30s => ("京东", "JD.com", None),
            Self::JdSatisfaction => ("京东", "JD.com", Some(Window::Month)),
            Self::Douyin3min => ("抖音电商", "Douyin", None),
            Self::Kuaishou3min => ("快手电商", "Kuaishou", None),
            _ => return None,
        };
        let source = Text {
            zh: format!("据{zh}公开说明整理，规则常有变动，请以平台规则中心为准。"),
            en: format!(
                "After public descriptions by {en}, which change often; check against the \
                 platform's rule centre."
            ),
        };
        Some((source, window))
    }

    fn words(self) -> (Text, Text) {
        match self {
            Self::AnsweredWithin(seconds) => {
                let (zh, en) = span(seconds);
                words(
                    &format!("{zh}内回复率"),
                    &format!("Answered within {en}"),
                    &format!("{zh}内由客服回复的轮次 ÷ 全部轮次"),
                    &format!("Rounds answered by an agent within {en} ÷ all rounds"),
                )
            }
            Self::Fcr(hours) => words(
                &format!("一次解决率（{hours} 小时）"),
                &format!("First-contact resolution ({hours} h)"),
                &format!(
                    "首次联系（此前 {hours} 小时内同一客户未联系）中，此后 {hours} 小时内未再联系的占比；\
                     满 {hours} 小时后才是定数"
                ),
                &format!(
                    "First contacts (none by the same customer in the {hours} h before) with none \
                     in the {hours} h after ÷ first contacts; final only {hours} h later"
                ),
            ),
            _ => {
                let found = self.volume_words().or(self.result_words()).or(self.platform_words());
                let [zh, en, zh_about, en_about] = found.expect("every figure has its words");
                words(zh, en, zh_about, en_about)
            }
        }
    }

    /// Names and sentences, Chinese and English.
    fn volume_words(self) -> Option<[&'static str; 4]> {
        Some(match self {
            Self::Conversations => [
                "接待会话数",
                "Conversations",
                "客户与客服都发过消息的会话；每位发过消息的客服各计一次",
                "Conversations in which customer and agent wrote, credited to every agent who did",
            ],
            Self::Customers => [
                "咨询人数",
                "Customers",
                "期间内发过消息的不同客户；各日之和不等于月",
                "Distinct customers who wrote in the period; days do not add up to a month",
            ],
            Self::Unanswered => [
                "未回复会话",
                "Unanswered conversations",
                "客户发过消息而客服从未发消息的会话",
                "Conversations in which a customer wrote and no agent did",
            ],
            Self::Outbound => [
                "主动联系",
                "Outbound",
                "客服发过消息而客户从未发消息的会话",
                "Conversations in which an agent wrote and no customer did",
            ],
            Self::Rounds => [
                "轮次数",
                "Rounds",
                "客户发问到客服回复为一轮，末轮可能未回复",
                "From a customer's question to an agent's answer is a round; the last may lack one",
            ],
            Self::CustomerMessages => [
                "客户消息数",
                "Customer messages",
                "客户发出的消息；按客服统计时为归属其轮次中的消息",
                "Messages by customers; per agent, those in the rounds that belong to him",
            ],
            Self::AgentMessages => [
                "客服消息数",
                "Agent messages",
                "有客户消息的会话中客服发出的消息，不含机器人",
                "Messages by agents in conversations with a customer message, robots excluded",
            ],
            _ => return None,
        })
    }

    fn result_words(self) -> Option<[&'static str; 4]> {
        Some(match self {
            Self::FirstResponse => [
                "首次响应时长",
                "First response",
                "各会话首个已回复轮次的响应时间的平均值",
                "Mean response time of each conversation's first answered round",
            ],
            Self::AverageResponse => [
                "平均响应时长",
                "Average response",
                "全部已回复轮次的响应时间的平均值，从该轮客户首条消息起计",
                "Mean response time of all answered rounds, from the first customer message of each",
            ],
            Self::ReplyRatio => {
                ["答问比", "Reply ratio", "客服消息数 ÷ 客户消息数", "Agent messages ÷ customer messages"]
            }
            Self::HandlingTime => [
                "处理时长",
                "Handling time",
                "在线：客服首条到末条消息的时间；电话：通话 + 保持 + 话后处理；取各会话平均",
                "Chat: from the first to the last agent message; telephone: talk + hold + \
                 after-call work; mean over conversations",
            ],
            Self::Satisfaction => [
                "满意率",
                "Satisfaction",
                "4–5 分（满意、非常满意）的评价 ÷ 全部评价",
                "Ratings of 4–5 ÷ ratings",
            ],
            Self::Resolution => [
                "解决率",
                "Resolution",
                "以已解决关闭的会话 ÷ 已关闭的会话",
                "Conversations closed as solved ÷ closed",
            ],
            _ => return None,
        })
    }

    fn platform_words(self) -> Option<[&'static str; 4]> {
        Some(match self {
            Self::Taobao3min => [
                "3分钟人工响应率",
                "Taobao: answered in 3 min",
                "8–23 点开始的轮次中，人工在 180 秒内回复的占比",
                "Of the rounds that start 08–23 h, those a human answered within 180 s",
            ],
            Self::WangwangResponse => [
                "旺旺人工响应时间",
                "Wangwang response time",
                "人工回复轮次的平均响应时间，每轮至多计 600 秒；未回复、隔日回复和 0 秒回复的轮次不计",
                "Mean response time of rounds a human answered, each capped at 600 s; rounds \
                 unanswered, answered on another day or at 0 s are left out",
            ],
            Self::PddEffectiveReply => [
                "拼多多有效回复率",
                "Pinduoduo effective reply",
                "8–23 点发消息的客户中，每条消息都在 1 小时内得到人工回复的占比；每人每天计一次",
                "Of the people who wrote 08–23 h, those whose every message was answered within \
                 an hour; a person counts once a day",
            ],
            Self::Jd30s => [
                "京东30秒应答率",
                "JD: answered in 30 s",
                "9–23 点开始的会话中，首次响应不超过 30 秒的占比；未回复会话计入分母",
                "Of the conversations that start 09–23 h, unanswered ones included, those first \
                 answered within 30 s",
            ],
            Self::JdSatisfaction => [
                "京东售后满意度",
                "JD after-sales satisfaction",
                "（非常满意 + 满意）÷ 全部评价",
                "(Very satisfied + satisfied) ÷ ratings",
            ],
            Self::Douyin3min => [
                "抖音3分钟人工回复率",
                "Douyin: answered in 3 min",
                "8–23 点的客户消息中，人工在 180 秒内回复的占比",
                "Of the customer messages sent 08–23 h, those a human answered within 180 s",
            ],
            Self::Kuaishou3min => [
                "快手3分钟人工回复率",
                "Kuaishou: answered in 3 min",
                "8–23 点接入人工的客户中，每次等待都不超过 180 秒的占比",
                "Of the people who reached a human 08–23 h, those who never waited more than 180 s",
            ],
            _ => return None,
        })
    }
}

fn words(zh: &str, en: &str, zh_about: &str, en_about: &str) -> (Text, Text) {
    let text = |zh: &str, en: &str| Text { zh: zh.to_owned(), en: en.to_owned() };
    (text(zh, en), text(zh_about, en_about))
}

/// A time limit in words.
fn span(seconds: u32) -> (String, String) {
    if seconds > 0 && seconds.is_multiple_of(60) {
        let minutes = seconds / 60;
        (format!("{minutes} 分钟"), format!("{minutes} min"))
    } else {
        (format!("{seconds} 秒"), format!("{seconds} s"))
    }
}
