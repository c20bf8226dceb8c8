//! The question bank (题库): questions with what is right, their revisions, and how files become
//! questions.

pub mod body;

kexun_base::id!(
    /// A question.
    QuestionId
);
