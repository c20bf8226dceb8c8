//! The training archive (档案): a person's record as it grew from events, and who may look into it (ARC).
