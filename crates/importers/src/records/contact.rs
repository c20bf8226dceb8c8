//! What a source knows about a conversation as a whole.

use crate::fields::{Fault, Fields};
use crate::records::{CONVERSATION_ID, Channel, Column, Record, SHOP, choice, optional, required};
use crate::times::Moment;

choice! {
    /// How a contact ended.
    ContactOutcome {
        /// The customer's matter is settled.
        Solved: "solved" | "已解决" | "解决" | "resolved" | "是",
        /// It is not.
        Unsolved: "unsolved" | "未解决" | "没解决" | "unresolved" | "否",
    }
}

/// One conversation as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactRow {
    /// The shop's own id of the conversation.
    pub conversation_id: String,
    /// Name or code; none where the file names no shop.
    pub shop: Option<String>,
    /// How the customer came; none where the file does not say.
    pub channel: Option<Channel>,
    /// The source's own word for the kind of contact.
    pub kind: Option<String>,
    /// When it was opened.
    pub opened_at: Option<Moment>,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// How it ended.
    pub outcome: Option<ContactOutcome>,
    /// Seconds of talk, at most ten days.
    pub talk_s: Option<u32>,
    /// Seconds on hold, at most ten days.
    pub hold_s: Option<u32>,
    /// Seconds of after-call work, at most ten days.
    pub after_s: Option<u32>,
}

const COLUMNS: &[Column] = &[
    required("conversation_id", "会话编号", CONVERSATION_ID),
    optional("shop", "店铺", SHOP),
    optional("channel", "渠道", &["沟通渠道", "来源渠道", "接入渠道"]),
    optional("type", "类型", &["咨询类型", "会话类型", "问题类型", "contact_type"]),
    optional("opened_at", "开始时间", &["接入时间", "创建时间", "opened", "started_at"]),
    optional("closed_at", "结束时间", &["关闭时间", "closed", "ended_at"]),
    optional("outcome", "结果", &["处理结果", "是否解决", "解决情况"]),
    optional("talk_s", "通话秒数", &["通话时长", "talk_time"]),
    optional("hold_s", "保持秒数", &["保持时长", "等待秒数", "hold_time"]),
    optional("after_s", "话后秒数", &["话后处理秒数", "话后时长", "话后处理时长", "after_call_work"]),
];

/// Ten days: beyond, a duration is a mistake of unit.
const LONGEST_S: i64 = 864_000;

impl Record for ContactRow {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn read(fields: &Fields<'_>) -> Result<Self, Fault> {
        let seconds = |name| {
            let found = fields.whole_opt(name, 0, LONGEST_S)?;
            Ok::<_, Fault>(found.map(|s| u32::try_from(s).expect("checked to be within ten days")))
        };
        Ok(ContactRow {
            conversation_id: fields.id("conversation_id")?,
            shop: fields.id_opt("shop")?,
            channel: fields.choice_opt("channel")?,
            kind: fields.id_opt("type")?,
            opened_at: fields.moment_opt("opened_at")?,
            closed_at: fields.moment_opt("closed_at")?,
            outcome: fields.choice_opt("outcome")?,
            talk_s: seconds("talk_s")?,
            hold_s: seconds("hold_s")?,
            after_s: seconds("after_s")?,
        })
    }
}
