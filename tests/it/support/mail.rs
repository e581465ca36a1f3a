//! A mail server (RFC 5321) that keeps what it is handed.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// Takes every letter; ends with the test.
pub struct MailServer {
    /// What `HILLSIDE_SMTP_URL` is to be.
    pub url: String,
    letters: Arc<Mutex<Vec<(String, String)>>>,
}

impl MailServer {
    /// Listens on a port of its own.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let letters = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&letters);
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(serve(connection, Arc::clone(&kept)));
            }
        });
        Self { url, letters }
    }

    /// Where no mail server listens.
    pub async fn nowhere() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        format!("smtp://{}", listener.local_addr().expect("an address"))
    }

    /// What came since this was last asked: to whom, and the letter with its headers.
    pub fn taken(&self) -> Vec<(String, String)> {
        std::mem::take(&mut *self.letters.lock().expect("no panic"))
    }

    /// The same, as `to: subject`, in the order of the alphabet.
    pub fn subjects(&self) -> Vec<String> {
        let mut subjects: Vec<String> = self
            .taken()
            .into_iter()
            .map(|(to, letter)| {
                let subject = letter.lines().find_map(|line| line.strip_prefix("Subject: "));
                format!("{}: {}", to.split('-').next().unwrap_or(&to), subject.expect("a subject"))
            })
            .collect();
        subjects.sort();
        subjects
    }
}

async fn serve(connection: TcpStream, letters: Arc<Mutex<Vec<(String, String)>>>) -> std::io::Result<()> {
    let (reader, mut writer) = connection.into_split();
    let mut lines = BufReader::new(reader).lines();
    let mut to = String::new();
    writer.write_all(b"220 mail.example.org\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let answer = match line.get(..4).unwrap_or(&line) {
            "RCPT" => {
                to = line.trim_start_matches("RCPT TO:<").trim_end_matches('>').to_owned();
                "250 ok"
            }
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await?;
                let mut letter = String::new();
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    letter.push_str(&line);
                    letter.push('\n');
                }
                letters.lock().expect("no panic").push((to.clone(), letter));
                "250 taken"
            }
            _ => "250 ok",
        };
        writer.write_all(answer.as_bytes()).await?;
        writer.write_all(b"\r\n").await?;
    }
    Ok(())
}
