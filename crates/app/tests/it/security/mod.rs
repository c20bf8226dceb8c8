//! What somebody would try who means no good. What belongs to one area is tried in that area's tests;
//! docs/security.md says which.

mod accounts;
mod at_rest;
mod browser;
mod connections;
mod database;
mod inputs;
mod logs;
mod strangers;
