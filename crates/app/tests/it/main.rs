//! The program as a whole, through HTTP and on both databases; one folder a wing, one file an area.

mod base;
