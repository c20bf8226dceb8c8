//! One rating that a customer gave.

use crate::fields::{Fault, Fields};
use crate::records::{CONVERSATION_ID, Column, Record, SHOP, optional, required};
use crate::times::Moment;

/// One rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatingRow {
    /// The shop's own id of the rating.
    pub rating_id: String,
    /// Name or code; none where the file names no shop.
    pub shop: Option<String>,
    /// The conversation rated, where known.
    pub conversation_id: Option<String>,
    /// When it was given; a bare day stands for its midnight, since figures use the day only.
    pub rated_at: Moment,
    /// 1 (worst) to 5 (best).
    pub score: u8,
    /// What the customer wrote.
    pub comment: Option<String>,
}

const COLUMNS: &[Column] = &[
    required("rating_id", "评分编号", &["评价编号", "评分ID", "评价ID", "满意度编号"]),
    optional("shop", "店铺", SHOP),
    optional("conversation_id", "会话编号", CONVERSATION_ID),
    required("rated_at", "评分时间", &["评价时间", "时间", "rated", "time"]),
    required("score", "评分", &["分数", "得分", "满意度", "星级", "rating", "stars"]),
    optional("comment", "评语", &["评价内容", "评论", "备注", "留言"]),
];

impl Record for RatingRow {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn read(fields: &Fields<'_>) -> Result<Self, Fault> {
        let score = fields.whole_opt("score", 1, 5)?.ok_or_else(|| fields.missing("score"))?;
        Ok(RatingRow {
            rating_id: fields.id("rating_id")?,
            shop: fields.id_opt("shop")?,
            conversation_id: fields.id_opt("conversation_id")?,
            rated_at: fields.moment_or_day("rated_at")?,
            score: u8::try_from(score).expect("checked to be 1 to 5"),
            comment: fields.text_opt("comment")?,
        })
    }
}
