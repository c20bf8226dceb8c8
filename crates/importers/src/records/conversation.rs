//! One message of a conversation.

use crate::fields::{Fault, Fields};
use crate::records::{CONVERSATION_ID, Column, Record, SHOP, choice, optional, required};
use crate::times::Moment;

choice! {
    /// The way by which a customer came.
    Channel {
        /// Text chat; where a file says nothing, this.
        Chat: "chat" | "聊天" | "在线" | "在线聊天" | "在线客服" | "im" | "文字",
        /// Telephone.
        Phone: "phone" | "电话" | "热线" | "语音" | "telephone" | "call",
        /// E-mail.
        Email: "email" | "邮件" | "电子邮件" | "邮箱" | "e-mail" | "mail",
        /// Ticket.
        Ticket: "ticket" | "工单",
    }
}

choice! {
    /// Who wrote a message.
    Sender {
        /// The customer.
        Customer: "customer" | "客户" | "买家" | "顾客" | "用户" | "访客" | "会员" | "buyer" | "visitor",
        /// An agent.
        Agent: "agent" | "客服" | "人工客服" | "人工" | "坐席" | "卖家" | "商家" | "seller",
        /// A robot.
        Robot: "robot" | "机器人" | "机器人客服" | "智能客服" | "bot",
        /// The platform itself.
        System: "system" | "系统" | "系统消息" | "平台",
    }
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversationRow {
    /// The shop's own id of the conversation; none: the thread customer × shop is split by silence.
    pub conversation_id: Option<String>,
    /// Name or code; none where the file names no shop.
    pub shop: Option<String>,
    /// How the customer came.
    pub channel: Channel,
    /// The shop's own id or nick of the customer.
    pub customer: String,
    /// When the message was sent.
    pub sent_at: Moment,
    /// Who wrote it.
    pub sender: Sender,
    /// Account or name; always there where an agent wrote; elsewhere the agent assigned then.
    pub agent: Option<String>,
    /// The message as it stands; empty for what had no text (a picture).
    pub text: String,
    /// The conversation's own id of the message.
    pub message_id: Option<String>,
    /// The order spoken about.
    pub order_id: Option<String>,
    /// The product spoken about.
    pub product: Option<String>,
}

const COLUMNS: &[Column] = &[
    optional("conversation_id", "会话编号", CONVERSATION_ID),
    optional("shop", "店铺", SHOP),
    optional("channel", "渠道", &["沟通渠道", "来源渠道", "接入渠道"]),
    required(
        "customer",
        "客户",
        &[
            "客户编号",
            "客户昵称",
            "客户ID",
            "客户名称",
            "客户账号",
            "买家",
            "买家昵称",
            "买家ID",
            "买家账号",
            "顾客",
            "顾客昵称",
            "用户",
            "用户昵称",
            "用户ID",
            "会员",
            "会员名",
            "访客",
            "buyer",
            "customer_id",
        ],
    ),
    required(
        "sent_at",
        "时间",
        &[
            "发送时间",
            "消息时间",
            "聊天时间",
            "对话时间",
            "发言时间",
            "日期时间",
            "time",
            "timestamp",
            "sent",
            "datetime",
        ],
    ),
    required(
        "sender",
        "发送方",
        &[
            "发送者",
            "发送人",
            "发言方",
            "发言人",
            "发送方类型",
            "发送者类型",
            "发送人类型",
            "角色",
            "sender_type",
        ],
    ),
    optional(
        "agent",
        "客服",
        &[
            "客服昵称",
            "客服账号",
            "客服姓名",
            "客服名称",
            "客服ID",
            "坐席",
            "坐席账号",
            "接待客服",
            "agent_id",
            "agent_name",
        ],
    ),
    required(
        "text",
        "内容",
        &["消息内容", "聊天内容", "对话内容", "发送内容", "消息", "文本", "正文", "message", "content"],
    ),
    optional("message_id", "消息编号", &["消息ID", "消息号"]),
    optional("order_id", "订单号", &["订单编号", "订单ID", "订单", "order"]),
    optional("product", "商品", &["商品名称", "商品编号", "商品ID", "商品编码", "产品", "sku", "product_id"]),
];

impl Record for ConversationRow {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn read(fields: &Fields<'_>) -> Result<Self, Fault> {
        let sender = fields.choice("sender")?;
        let agent = fields.id_opt("agent")?;
        if sender == Sender::Agent && agent.is_none() {
            return Err(fields.missing("agent"));
        }
        Ok(ConversationRow {
            conversation_id: fields.id_opt("conversation_id")?,
            shop: fields.id_opt("shop")?,
            channel: fields.choice_opt("channel")?.unwrap_or(Channel::Chat),
            customer: fields.id("customer")?,
            sent_at: fields.moment("sent_at")?,
            sender,
            agent,
            text: fields.text("text")?,
            message_id: fields.id_opt("message_id")?,
            order_id: fields.id_opt("order_id")?,
            product: fields.id_opt("product")?,
        })
    }
}
