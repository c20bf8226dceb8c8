//! Tests of the rules: the worked example, every edge of the definitions, and a slow reference
//! written independently that random conversations are compared with.

mod build;
mod day_contacts;
mod edges;
mod encodings;
mod example;
mod fcr;
mod figures;
mod periods;
mod properties;
mod reference;
mod windows;
