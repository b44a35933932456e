//! Asks for pages of groups drawn by chance, and looks at the server's processor time.

use std::path::Path;

use anyhow::ensure;
use serde_json::json;

use crate::asker::Asker;
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
