//! What goes into an archive, what it adds up to, who may look. Pure.

kexun_base::words!(
    /// What an entry tells of.
    EntryKind {
        /// A course learned to its end.
        Course = "course",
        /// A class that one was to take part in.
        Class = "class",
        /// What one said about a class.
        Feedback = "feedback",
        /// An exam, graded.
        Exam = "exam",
        /// Coaching that was done.
        Coaching = "coaching",
    }
    /// Whether somebody was there.
    EntryStatus {
        /// In time.
        Present = "present",
        /// Late.
        Late = "late",
        /// Excused.
        Leave = "leave",
        /// Not there.
        Absent = "absent",
    }
    /// The grade of an exam.
    EntryGrade {
        /// 优秀.
        Excellent = "excellent",
        /// 良好.
        Good = "good",
        /// 合格.
        Pass = "pass",
        /// 不合格.
        Fail = "fail",
    }
    /// How an application stands.
    RequestState {
        /// Nobody decided on it yet.
        Waiting = "waiting",
        /// Granted for a time.
        Granted = "granted",
        /// Refused.
        Refused = "refused",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
);
