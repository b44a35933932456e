//! Tries what is there and what is not by turns, and looks at the clock.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, ensure};
use serde_json::json;
use tokio::time::Instant;

use crate::asker::{Answer, Asker};
use crate::process::Served;

/// Tries of each kind.
const TRIES: usize = 200;
/// A word that many names begin with, once people have joined.
const COMMON: &str = "heron";
const ELSEWHERE: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE";

pub fn run(folder: &Path) -> anyhow::Result<()> {
    let served = Served::start("guess-serve", folder)?;
    let lines = std::fs::read_to_string(folder.join("cookies"))?;
    let member = lines.lines().next().and_then(|line| line.split_once('\t'));
    let mut asker = Asker::new(served.address)?;
    let links = links(&mut asker, member.context("no group was seeded")?)?;
    let (names, join) = join(&mut asker)?;
    let sign_in = sign_in(&mut asker, &names)?;
    let link = follow(&mut asker, &links)?;
    let figures = json!({
        "sign_in_ms_apart": apart(&[&sign_in.known, &sign_in.unknown]),
        "join_ms_apart": apart(&[&join.known, &join.unknown]),
        "link_ms_apart": apart(&link.iter().collect::<Vec<_>>()),
        "sign_in_ms": ms(median(&sign_in.known)),
        "link_ms": ms(median(&link[0])),
        "tries": TRIES,
    });
    println!("{figures}");
    Ok(())
}

/// Times of tries at something that is there, and at something that is not.
#[derive(Default)]
struct Both {
    known: Vec<Duration>,
    unknown: Vec<Duration>,
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times[times.len() / 2]
}

fn ms(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e5).round() / 1e2
}

/// How far the slowest median lies from the fastest.
fn apart(kinds: &[&Vec<Duration>]) -> f64 {
    let medians = || kinds.iter().map(|times| median(times));
    let (slowest, fastest) = (medians().max(), medians().min());
    ms(slowest.unwrap_or_default().saturating_sub(fastest.unwrap_or_default()))
}

/// A page's form key, and the cookie that it is bound to.
struct Visit {
    cookie: String,
    once: String,
    page: String,
}

fn visit(asker: &mut Asker, path: &str, cookies: &str) -> anyhow::Result<Visit> {
    let answer = asker.ask(&format!("GET {path} HTTP/1.1\r\ncookie: {cookies}\r\n"), "")?;
    ensure!(answer.status == 200, "refused: {}", answer.head);
    let page = answer.text()?.to_owned();
    let once = between(&page, "name=\"once\" value=\"", "\"")?.to_owned();
    let set = answer.header("set-cookie").unwrap_or_default();
    let given = set.split(';').next().unwrap_or_default();
    let cookie = if cookies.is_empty() { given } else { cookies };
    Ok(Visit { cookie: cookie.to_owned(), once, page })
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> anyhow::Result<&'a str> {
    let rest = text.split_once(before).map(|(_, rest)| rest);
    let found = rest.and_then(|rest| rest.split_once(after));
    Ok(found.with_context(|| format!("no {before} in a page"))?.0)
}

fn post(asker: &mut Asker, path: &str, visit: &Visit, fields: &str) -> anyhow::Result<Answer> {
    let Visit { cookie, once, .. } = visit;
    let begin = format!(
        "POST {path} HTTP/1.1\r\ncookie: {cookie}\r\nsec-fetch-site: same-origin\r\n\
         content-type: application/x-www-form-urlencoded\r\n"
    );
    asker.ask(&begin, &format!("once={once}{fields}"))
}

/// The time until an answer was read to its end.
fn timed(work: impl FnOnce() -> anyhow::Result<Answer>) -> anyhow::Result<(Answer, Duration)> {
    let begun = Instant::now();
    let answer = work()?;
    Ok((answer, begun.elapsed()))
}

/// An invitation and a way back that open, an invitation that was taken back, and one that never
/// was: what a cookie holds of each.
fn links(asker: &mut Asker, (cookies, group): (&str, &str)) -> anyhow::Result<Vec<String>> {
    let mut made = Vec::new();
    for _ in 0..2 {
        let form = visit(asker, &format!("{group}/invite"), cookies)?;
        let fields = "&days=7&count=1&label=";
        let answer = post(asker, &format!("{group}/invite"), &form, fields)?;
        made.push(secret_in(&answer)?);
    }
    let whom = visit(asker, &format!("{group}/return"), cookies)?;
    let who = between(&whom.page, &format!("href=\"{group}/return/"), "\"")?;
    let path = format!("{group}/return/{who}");
    let form = visit(asker, &path, cookies)?;
    made.push(secret_in(&post(asker, &path, &form, "&met=1")?)?);
    let list = visit(asker, &format!("{group}/invite"), cookies)?;
    let id = between(&list.page, "name=\"link\" value=\"", "\"")?;
    let fields = format!("&link={id}");
    post(asker, &format!("{group}/invite/take-back"), &list, &fields)?;
    made.push(ELSEWHERE.to_owned());
    let open = made.iter().map(|secret| Ok(card(asker, secret)?.status == 200));
    let open = open.collect::<anyhow::Result<Vec<bool>>>()?;
    ensure!(open.iter().filter(|open| **open).count() == 2, "the links stand as {open:?}");
    Ok(made)
}

fn secret_in(answer: &Answer) -> anyhow::Result<String> {
    ensure!(answer.status == 200, "no link was made: {}", answer.head);
    Ok(answer.text()?.split_once("/j/").context("no link")?.1[..ELSEWHERE.len()].to_owned())
}

fn card(asker: &mut Asker, secret: &str) -> anyhow::Result<Answer> {
    asker.ask(&format!("GET /joining HTTP/1.1\r\ncookie: __Host-j={secret}\r\n"), "")
}

/// The times of each link, in the order of `links`.
fn follow(asker: &mut Asker, links: &[String]) -> anyhow::Result<Vec<Vec<Duration>>> {
    let mut times = vec![Vec::new(); links.len()];
    for turn in 0..TRIES {
        for at in 0..links.len() {
            let at = (at + turn) % links.len();
            times[at].push(timed(|| card(asker, &links[at]))?.1);
        }
    }
    Ok(times)
}

/// Joins with a word that many have, and with words that nobody has. Gives the common names.
fn join(asker: &mut Asker) -> anyhow::Result<(Vec<String>, Both)> {
    let (mut names, mut times) = (Vec::new(), Both::default());
    for turn in 0..TRIES {
        let rare = letters(turn);
        let mut both = [(COMMON, true), (&rare, false)];
        both.rotate_left(turn % 2);
        for (word, common) in both {
            let form = visit(asker, "/join", "")?;
            let phrase = between(&form.page, "name=\"passphrase\" value=\"", "\"")?;
            let fields = format!("&own-word={word}&passphrase={}", phrase.replace(' ', "+"));
            let (answer, took) = timed(|| post(asker, "/join", &form, &fields))?;
            ensure!(answer.status == 200, "nobody joined: {}", answer.text()?);
            if common {
                times.known.push(took);
                let digits = between(answer.text()?, &format!("{COMMON}-"), "<")?;
                names.push(format!("{COMMON}-{digits}"));
            } else {
                times.unknown.push(took);
            }
        }
    }
    Ok((names, times))
}

/// A word that nobody has: letters for the digits of a number.
fn letters(number: usize) -> String {
    let letter = |digit: u8| char::from(digit - b'0' + b'a');
    format!("rare{}", number.to_string().bytes().map(letter).collect::<String>())
}

/// Tries a wrong passphrase, once at each name: later tries at a name would have to wait.
fn sign_in(asker: &mut Asker, names: &[String]) -> anyhow::Result<Both> {
    let mut times = Both::default();
    let free = (0..10_000).map(|number| format!("{COMMON}-{number:04}"));
    let free: Vec<String> = free.filter(|name| !names.contains(name)).take(names.len()).collect();
    for (turn, (name, free)) in names.iter().zip(&free).enumerate() {
        let mut both = [(name, true), (free, false)];
        both.rotate_left(turn % 2);
        for (name, known) in both {
            let form = visit(asker, "/sign-in", "")?;
            let fields = format!("&name={name}&passphrase=not+the+one+at+all");
            let (answer, took) = timed(|| post(asker, "/sign-in", &form, &fields))?;
            ensure!(answer.status == 422, "a wrong passphrase opened something");
            if known { &mut times.known } else { &mut times.unknown }.push(took);
        }
    }
    Ok(times)
}
