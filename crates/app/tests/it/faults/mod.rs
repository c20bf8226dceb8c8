//! What goes wrong outside the program: disks, databases, mail servers, clocks, other servers.

mod clock;
mod disk;
mod locks;
mod mail;
mod old_data;
mod postgres;
mod two_servers;
