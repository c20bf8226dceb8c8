//! The thread (脉络): what led to a thing and what it led to, from events.
