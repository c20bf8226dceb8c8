//! A mail server on the loopback that keeps what it is sent.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A mail as it was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Envelope sender.
    pub from: String,
    /// Envelope recipients.
    pub to: Vec<String>,
    /// Headers and body as they were sent, without the doubled dots, lines ended by `\n`.
    pub data: String,
}

/// The server; it stops listening when the test's runtime ends.
pub struct Sink {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    mails: Vec<Mail>,
    refuse: u32,
    down: bool,
    calls: u32,
}

impl Sink {
    /// Starts listening on a free port.
    ///
    /// # Panics
    /// When no port is free.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let state = Arc::new(Mutex::new(State::default()));
        let shared = state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                if is_down(&shared) {
                    continue;
                }
                tokio::spawn(talk(stream, shared.clone()));
            }
        });
        Sink { address, state }
    }

    /// Its address for `Settings::smtp_url`.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// The mails so far.
    ///
    /// # Panics
    /// Never, unless a talk panicked.
    pub fn mails(&self) -> Vec<Mail> {
        self.state.lock().expect("no talk panicked").mails.clone()
    }

    /// Goes down, and hangs up on whoever calls, or comes up again.
    ///
    /// # Panics
    /// Never, unless a talk panicked.
    pub fn go(&self, down: bool) {
        self.state.lock().expect("no talk panicked").down = down;
    }

    /// How often it was called so far.
    ///
    /// # Panics
    /// Never, unless a talk panicked.
    pub fn calls(&self) -> u32 {
        self.state.lock().expect("no talk panicked").calls
    }

    /// Refuses the next so many mails for a while (451), as a busy server does.
    ///
    /// # Panics
    /// Never, unless a talk panicked.
    pub fn refuse(&self, mails: u32) {
        self.state.lock().expect("no talk panicked").refuse = mails;
    }
}

/// Whether the server is down; counts who calls.
fn is_down(state: &Mutex<State>) -> bool {
    let mut state = state.lock().expect("no talk panicked");
    state.calls += 1;
    state.down
}

/// One connection; an end of it in the middle of a mail drops that mail.
async fn talk(stream: TcpStream, state: Arc<Mutex<State>>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 sink\r\n").await?;
    let mut mail = Mail { from: String::new(), to: Vec::new(), data: String::new() };
    while let Some(line) = lines.next_line().await? {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer = match verb.as_str() {
            "EHLO" | "HELO" => "250-sink\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN LOGIN",
            "AUTH" => "235 welcome",
            "MAIL" => {
                mail = Mail { from: address(&line), to: Vec::new(), data: String::new() };
                if take_refusal(&state) { "451 busy, try again later" } else { "250 ok" }
            }
            "RCPT" => {
                mail.to.push(address(&line));
                "250 ok"
            }
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                while let Some(line) = lines.next_line().await?.filter(|l| l != ".") {
                    mail.data.push_str(line.strip_prefix('.').unwrap_or(&line));
                    mail.data.push('\n');
                }
                state.lock().expect("no talk panicked").mails.push(mail.clone());
                "250 kept"
            }
            "QUIT" => return write.write_all(b"221 bye\r\n").await,
            _ => "250 ok",
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}

fn take_refusal(state: &Mutex<State>) -> bool {
    let mut state = state.lock().expect("no talk panicked");
    let refuse = state.refuse > 0;
    state.refuse = state.refuse.saturating_sub(1);
    refuse
}

/// What stands between the angle brackets.
fn address(line: &str) -> String {
    line.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or("", |(inner, _)| inner).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn it_keeps_what_it_is_sent_and_refuses_when_told() {
        let sink = Sink::start().await;
        sink.refuse(1);
        let stream = TcpStream::connect(sink.address).await.unwrap();
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let script = "HELO a\r\nMAIL FROM:<a@b>\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\nx\r\n..y\r\n.\r\nQUIT\r\n";
        write.write_all(script.as_bytes()).await.unwrap();
        let mut heard = Vec::new();
        while let Some(line) = lines.next_line().await.unwrap() {
            heard.push(line);
        }
        assert!(heard.iter().any(|l| l.starts_with("451")));
        let kept = Mail { from: "a@b".into(), to: vec!["c@d".into()], data: "x\n.y\n".into() };
        assert_eq!(sink.mails(), [kept]);
    }
}
