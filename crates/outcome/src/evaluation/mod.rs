//! Evaluation (成效): what a training changed, with what is not known said (EVL).
