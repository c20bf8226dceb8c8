//! Needs (需求): what people cannot do yet, where that is known from, and what becomes of it (NED).

kexun_base::id!(
    /// A training need.
    NeedId,
    /// A task that came of a need: coaching, or an improvement by a department.
    TaskId
);
