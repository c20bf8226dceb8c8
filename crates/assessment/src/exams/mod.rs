//! Exams (考试): who sits what and when, sittings, marks, grades, credits, make-ups.

kexun_base::id!(
    /// An exam.
    ExamId,
    /// Somebody's sitting of an exam.
    AttemptId
);
