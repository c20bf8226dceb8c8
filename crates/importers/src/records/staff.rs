//! One member of staff.

use chrono::NaiveDate;

use crate::fields::{Fault, Fields};
use crate::records::{Column, Record, SHOP, choice, optional, required};

choice! {
    /// What somebody does in the organisation.
    Role {
        /// Serves customers.
        Agent: "agent" | "客服" | "坐席" | "客服专员",
        /// Trains a newcomer at his side.
        Mentor: "mentor" | "导师" | "师傅" | "带教" | "带教老师",
        /// Gives courses.
        Lecturer: "lecturer" | "讲师" | "内训师" | "培训讲师",
        /// Leads a team.
        Supervisor: "supervisor" | "主管" | "客服主管" | "组长" | "班组长",
        /// Plans training.
        TrainingGroup: "training_group" | "培训组" | "培训管理小组" | "培训" | "培训专员" | "training group",
        /// Human resources.
        Hr: "hr" | "人事" | "人力资源" | "人力",
        /// Leads service as a whole.
        Director: "director" | "总监" | "人事总监" | "公司领导" | "客服总监" | "经理" | "客服经理",
        /// Runs the shop.
        Operations: "operations" | "运营" | "店铺运营",
        /// Inspects conversations.
        Inspector: "inspector" | "监督小组" | "质检" | "质检员" | "质检专员",
        /// Looks after merchants for the marketplace.
        Marketplace: "marketplace" | "平台" | "平台方" | "平台运营" | "招商",
        /// Sets the program up.
        Admin: "admin" | "管理员" | "系统管理员" | "administrator",
    }
}

/// One member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffRow {
    /// The tenant's account name of the agent.
    pub account: String,
    /// The person's name.
    pub name: String,
    /// Name or code of the shop.
    pub shop: Option<String>,
    /// Name of the team.
    pub team: Option<String>,
    /// Level, in the tenant's own words.
    pub level: Option<String>,
    /// The day of joining.
    pub joined_on: Option<NaiveDate>,
    /// Account or name of the mentor.
    pub mentor: Option<String>,
    /// Telephone, as written.
    pub phone: Option<String>,
    /// E-mail, as written.
    pub email: Option<String>,
    /// Roles in the order of the cell, each once; empty where the file says nothing. A file without roles whose
    /// positions are words of roles gives those.
    pub roles: Vec<Role>,
    /// Position, in the tenant's own words.
    pub position: Option<String>,
}

const COLUMNS: &[Column] = &[
    required("account", "账号", &["客服账号", "工号", "员工账号", "账户", "login"]),
    required("name", "姓名", &["名字", "员工姓名", "客服姓名"]),
    optional("shop", "店铺", SHOP),
    optional("team", "班组", &["团队", "小组", "组", "组别", "部门"]),
    optional("level", "级别", &["等级", "职级"]),
    optional("joined_on", "入职日期", &["入职时间", "入职", "joined"]),
    optional("mentor", "导师", &["师傅", "带教", "带教老师"]),
    optional("phone", "手机", &["手机号", "电话", "联系电话", "手机号码", "mobile"]),
    optional("email", "邮箱", &["电子邮箱", "邮件", "电子邮件", "mail"]),
    optional("roles", "角色", &["role"]),
    optional("position", "岗位", &["职位", "职务", "岗位名称"]),
];

impl Record for StaffRow {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn read(fields: &Fields<'_>) -> Result<Self, Fault> {
        let mut roles = fields.choices("roles")?;
        if roles.is_empty() {
            // Many sheets call a role a position; other positions are what they are.
            roles = fields.choices("position").unwrap_or_default();
        }
        Ok(StaffRow {
            account: fields.id("account")?,
            name: fields.id("name")?,
            shop: fields.id_opt("shop")?,
            team: fields.id_opt("team")?,
            level: fields.id_opt("level")?,
            joined_on: fields.date_opt("joined_on")?,
            mentor: fields.id_opt("mentor")?,
            phone: fields.id_opt("phone")?,
            email: fields.id_opt("email")?,
            roles,
            position: fields.id_opt("position")?,
        })
    }
}
