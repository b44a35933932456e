//! Asks for pages of groups drawn by chance, and looks at the server's processor time.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;

use anyhow::{Context, bail, ensure};
use serde_json::json;

use crate::process::{Served, private_kb, processor_ns};

/// Requests of one kind in one go, and how often kinds take turns: what else runs on the machine
/// then touches both alike.
const REQUESTS: usize = 200;
const TURNS: usize = 10;

/// What one page costs.
#[derive(Clone, Copy, Default)]
struct Cost {
    page: f64,
    packed: f64,
    ready: f64,
}

/// Measures one seeded database; prints what a page and a static reply cost.
pub fn run(folder: &Path) -> anyhow::Result<()> {
    let served = Served::start("page-serve", folder)?;
    let lines = std::fs::read_to_string(folder.join("cookies"))?;
    let groups: Vec<(&str, &str)> =
        lines.lines().filter_map(|line| line.split_once('\t')).collect();
    ensure!(!groups.is_empty(), "no groups were seeded");
    let mut asker = Asker::new(served.address)?;
    let mut dice = Dice(0x5eed);
    let bytes = asker.get(&page_of(groups[0]), "identity")?;
    let pid = served.process.id();
    let still = private_kb(pid)?;
    let mut cost = Cost::default();
    let mut most = still;
    for turn in 0..=TURNS {
        let mut one = Cost::default();
        for (kind, place) in [("identity", &mut one.page), ("br", &mut one.packed)] {
            let pick = |dice: &mut Dice| page_of(groups[dice.below(groups.len())]);
            *place = each(pid, || asker.get(&pick(&mut dice), kind).map(drop))?;
        }
        let ready = format!("GET /bench/static/{bytes} HTTP/1.1\r\n");
        one.ready = each(pid, || asker.get(&ready, "identity").map(drop))?;
        most = most.max(private_kb(pid)?);
        // The first turn fills caches and counts for nothing.
        if turn > 0 {
            cost.page += one.page / TURNS as f64;
            cost.packed += one.packed / TURNS as f64;
            cost.ready += one.ready / TURNS as f64;
        }
    }
    println!("a page is {bytes} bytes; private memory {still} KB before, {most} KB under load");
    let figures = json!({
        "page_us": round(cost.page / 1e3),
        "static_us": round(cost.ready / 1e3),
        "page_over_static": round(cost.page / cost.ready),
        "packed_over_static": round(cost.packed / cost.ready),
        "private_mb": round(most as f64 / 1024.0),
        "groups": groups.len(),
    });
    println!("{figures}");
    Ok(())
}

fn round(figure: f64) -> f64 {
    (figure * 10.0).round() / 10.0
}

fn page_of((cookies, group): (&str, &str)) -> String {
    format!("GET {group}/talk HTTP/1.1\r\ncookie: {cookies}\r\n")
}

/// Processor time of one request, on average over many (ns).
fn each(pid: u32, mut ask: impl FnMut() -> anyhow::Result<()>) -> anyhow::Result<f64> {
    let before = processor_ns(pid)?;
    for _ in 0..REQUESTS {
        ask()?;
    }
    Ok((processor_ns(pid)? - before) as f64 / REQUESTS as f64)
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % most as u64) as usize
    }
}

/// One line that stays open.
struct Asker {
    line: BufReader<TcpStream>,
    number: usize,
}

impl Asker {
    fn new(address: SocketAddr) -> anyhow::Result<Asker> {
        let line = TcpStream::connect(address)?;
        line.set_nodelay(true)?;
        Ok(Asker { line: BufReader::new(line), number: 0 })
    }

    /// Asks, reads the whole answer, and gives the length of its body.
    fn get(&mut self, begin: &str, packing: &str) -> anyhow::Result<usize> {
        self.number += 1;
        let from = format!("10.{}.{}.1", self.number / 250 % 250, self.number % 250);
        let request = format!(
            "{begin}host: circle.example\r\naccept-encoding: {packing}\r\n\
             x-forwarded-for: {from}\r\n\r\n"
        );
        self.line.get_mut().write_all(request.as_bytes())?;
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            ensure!(self.line.read_line(&mut head)? > 0, "it hung up");
        }
        ensure!(head.starts_with("HTTP/1.1 200"), "refused: {head}");
        let value = |name: &str| {
            let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with(name));
            line.and_then(|line| line.split_once(':')).map(|(_, value)| value.trim().to_owned())
        };
        match (value("content-length:"), value("transfer-encoding:")) {
            (Some(length), _) => self.take(length.parse()?),
            (None, Some(_)) => self.take_chunks(),
            (None, None) => bail!("an answer without a length"),
        }
    }

    fn take(&mut self, length: usize) -> anyhow::Result<usize> {
        let mut body = vec![0; length];
        self.line.read_exact(&mut body)?;
        Ok(length)
    }

    fn take_chunks(&mut self) -> anyhow::Result<usize> {
        let mut all = 0;
        loop {
            let mut size = String::new();
            self.line.read_line(&mut size)?;
            let size = usize::from_str_radix(size.trim(), 16).context("no chunk")?;
            self.take(size + 2)?;
            if size == 0 {
                return Ok(all);
            }
            all += size;
        }
    }
}
