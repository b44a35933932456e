//! Somebody who asks over a line of their own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

use anyhow::{Context, bail, ensure};

/// One line that stays open.
pub struct Asker {
    line: BufReader<TcpStream>,
    number: usize,
}

/// What was answered.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The head, with its status line.
    pub head: String,
    /// The body, as it was sent.
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header, if there is one.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(':'));
        lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }

    /// The body as text.
    ///
    /// # Errors
    /// When it is no text, say because it was packed.
    pub fn text(&self) -> anyhow::Result<&str> {
        Ok(std::str::from_utf8(&self.body)?)
    }
}

impl Asker {
    /// Opens a line.
    pub fn new(address: SocketAddr) -> anyhow::Result<Asker> {
        let line = TcpStream::connect(address)?;
        line.set_nodelay(true)?;
        Ok(Asker { line: BufReader::new(line), number: 0 })
    }

    /// Asks, reads the whole answer, and gives the length of its body.
    pub fn get(&mut self, begin: &str, packing: &str) -> anyhow::Result<usize> {
        let answer = self.ask(&format!("{begin}accept-encoding: {packing}\r\n"), "")?;
        ensure!(answer.status == 200, "refused: {}", answer.head);
        Ok(answer.body.len())
    }

    /// Asks from another address each time, and reads the whole answer. `begin` is the request line
    /// and some headers.
    pub fn ask(&mut self, begin: &str, body: &str) -> anyhow::Result<Answer> {
        self.number += 1;
        let from = format!("10.{}.{}.1", self.number / 250 % 250, self.number % 250);
        let length = match body.len() {
            0 => String::new(),
            length => format!("content-length: {length}\r\n"),
        };
        let request =
            format!("{begin}{length}host: circle.example\r\nx-forwarded-for: {from}\r\n\r\n{body}");
        self.line.get_mut().write_all(request.as_bytes())?;
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            ensure!(self.line.read_line(&mut head)? > 0, "it hung up");
        }
        let status = head.split(' ').nth(1).context("no status")?.parse()?;
        let mut answer = Answer { status, head, body: Vec::new() };
        let length = answer.header("content-length").map(str::parse).transpose()?;
        match (length, answer.header("transfer-encoding")) {
            (Some(length), _) => self.take(length, &mut answer.body)?,
            (None, Some(_)) => self.take_chunks(&mut answer.body)?,
            (None, None) if status == 204 => {}
            (None, None) => bail!("an answer without a length"),
        }
        Ok(answer)
    }

    fn take(&mut self, length: usize, body: &mut Vec<u8>) -> anyhow::Result<()> {
        let begun = body.len();
        body.resize(begun + length, 0);
        Ok(self.line.read_exact(&mut body[begun..])?)
    }

    fn take_chunks(&mut self, body: &mut Vec<u8>) -> anyhow::Result<()> {
        loop {
            let mut size = String::new();
            self.line.read_line(&mut size)?;
            let size = usize::from_str_radix(size.trim(), 16).context("no chunk")?;
            self.take(size + 2, body)?;
            body.truncate(body.len() - 2);
            if size == 0 {
                return Ok(());
            }
        }
    }
}
