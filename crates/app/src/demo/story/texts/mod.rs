//! What is taught, asked and said in the story.

mod courteous;
mod quick;
mod returns;

pub use returns::LORE as RETURNS;

/// A lesson of a course.
pub struct Lesson {
    /// What it is called.
    pub title: &'static str,
    /// Its text, in Markdown.
    pub body: &'static str,
    /// How long it takes.
    pub minutes: i32,
}

/// How a question is answered, and what is right.
#[derive(Clone, Copy)]
pub enum Asked {
    /// One of these; which is right.
    Single(&'static [&'static str], usize),
    /// Some of these; which are right.
    Multiple(&'static [&'static str], &'static [usize]),
    /// Whether it is true.
    TrueFalse(bool),
    /// This word or number.
    FillIn(&'static str),
    /// Sentences.
    Short {
        /// A model answer, for who marks.
        model: &'static str,
        /// What to look for.
        rubric: &'static str,
        /// What somebody writes who knows it.
        good: &'static str,
        /// What somebody writes who does not.
        poor: &'static str,
    },
}

/// A question of the bank.
pub struct Question {
    /// What it asks.
    pub text: &'static str,
    /// How, and what is right.
    pub asked: Asked,
    /// 1 to 5.
    pub difficulty: i32,
    /// What it is worth in the paper.
    pub points: i32,
    /// Why that is right: what the review explains.
    pub why: &'static str,
}

/// All words about one training.
pub struct Lore {
    /// Word of the competence.
    pub competence: &'static str,
    /// Topic of its questions.
    pub topic: &'static str,
    /// Title and description of what a supervisor saw.
    pub observed: (&'static str, &'static str),
    /// Title and description of what an agent finds hard.
    pub difficulty: (&'static str, &'static str),
    /// What is said when the needs are handed on.
    pub forwarded: &'static str,
    /// Title of the plan.
    pub plan: &'static str,
    /// Its goals.
    pub goals: &'static str,
    /// Title of the class.
    pub class: &'static str,
    /// What is taught.
    pub contents: &'static str,
    /// What is to be reached.
    pub target: &'static str,
    /// Title of the course.
    pub course: &'static str,
    /// Its lessons.
    pub lessons: &'static [Lesson],
    /// Title of the paper.
    pub paper: &'static str,
    /// Title of the exam.
    pub exam: &'static str,
    /// What it asks.
    pub questions: &'static [Question],
    /// What is said of a short answer that lacks the point.
    pub lacking: &'static str,
}

/// The words about a training of the simulation; none for one that nobody wrote about.
pub fn of(training: &str) -> Option<Lore> {
    match training {
        "quick_answers" => Some(quick::LORE),
        "courteous_words" => Some(courteous::LORE),
        _ => None,
    }
}
