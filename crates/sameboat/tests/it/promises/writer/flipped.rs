//! One bit turned over in each sealed column in turn (P28): the pages are there, members write, and
//! whoever wants to leaves.

use std::fmt::Write;

use super::run::Watch;
use super::schema::shapes;
use super::tamper::{Kind, Tampering};
use crate::sharing::look;
use crate::world::{Browser, Person};

/// Tables with rows of one person alone: a damaged one may cost that person their sign-in.
const OWN: [&str; 4] = ["person", "recovery", "sign_in", "key_grant"];

/// Tables of which more rows than the first are tried.
const MANY: [&str; 4] = ["share", "paper", "member", "meeting"];

/// The pages that people look at most.
const PAGES: [&str; 11] = [
    "{g}",
    "{g}/talk",
    "{g}/meet",
    "{g}/us",
    "{g}/me",
    "{g}/card",
    "{g}/agreement",
    "{g}/common-ground",
    "{g}/door",
    "/me",
    "/groups",
];

/// Somebody could not do something.
pub struct Trouble {
    what: String,
    who: &'static str,
    did: String,
    status: u16,
}

impl Watch {
    /// Turns over one bit of each blob that is no part of a key, one at a time.
    pub async fn flip(&mut self, tables: &[&str]) -> (usize, Vec<Trouble>) {
        let (mut flips, mut all) = (0, Vec::new());
        for table in tables {
            let key = &shapes()[*table].key;
            let bits = self.tamperings(table).into_iter();
            let bits = bits.filter(|one| one.kind == Kind::Bit);
            let bits = bits.filter(|one| !one.column.as_ref().is_some_and(|c| key.contains(c)));
            let bits = bits.filter(|one| one.row == 0 || MANY.contains(table));
            for bit in bits.collect::<Vec<_>>() {
                if self.place.world.db().exchange(&bit.exchange).await.is_err() {
                    continue;
                }
                flips += 1;
                self.live_on(&bit, &mut all).await;
                self.put_all_back().await;
            }
        }
        (flips, all)
    }

    async fn live_on(&mut self, bit: &Tampering, all: &mut Vec<Trouble>) {
        let mut report = |who, did: &str, browser: &Browser| {
            let status = browser.page.status.as_u16();
            all.push(Trouble { what: bit.to_string(), who, did: did.to_owned(), status });
        };
        let mut there = Vec::new();
        for (place, who) in ["ana", "bea", "cleo", "nora"].into_iter().enumerate() {
            let mut browser = self.browser(self.place.person(who));
            // Each page by somebody.
            for page in PAGES.into_iter().skip(place).step_by(4) {
                browser.open(&self.place.address(page)).await;
                if browser.page.status.is_server_error() {
                    report(who, page, &browser);
                }
            }
            browser.open(&self.place.group).await;
            if browser.page.status == 200 && browser.page.path == self.place.group {
                there.push(who);
            }
        }
        if there.len() < 4 - usize::from(OWN.contains(&bit.table.as_str())) {
            let nobody = self.browser(self.place.person("nobody"));
            report("some", "have no group any more", &nobody);
        }
        if let Some(who) = there.iter().copied().find(|who| *who != "cleo") {
            let mut person = self.someone(who);
            if !writes(&mut person, &self.place.group).await {
                report(who, "writes", &person);
            }
        }
        if let Some(who) = there.iter().copied().find(|who| ["cleo", "nora"].contains(who)) {
            let mut person = self.someone(who);
            person.open(&format!("{}/leave", self.place.group)).await;
            if person.page.has("input[value=with-name]") {
                person.fill([("words", "with-name")]).press("Leave now").await;
            }
            if !person.page.notice().starts_with("You have left.") {
                report(who, "leaves", &person);
            }
        }
    }

    /// Somebody in a browser that is used for a while.
    pub fn someone(&mut self, who: &str) -> Person {
        let browser = self.browser(self.place.person(who));
        let [name, passphrase, code] = [(); 3].map(|()| String::new());
        Person { browser, name, passphrase, code }
    }
}

/// Somebody shares something; tells whether it was kept.
pub async fn writes(person: &mut Person, group: &str) -> bool {
    let new = format!("{group}/share/new");
    person.open(&new).await;
    if person.page.path != new || !person.page.has("textarea[name=words]") {
        return false;
    }
    look(person, group, super::phrases::AFTERWARDS, "group").await;
    if !person.page.texts("button").iter().any(|button| button == "Share it") {
        return false;
    }
    person.press("Share it").await;
    person.page.notice() == "It is shared."
}

/// All of it as lines to read.
pub fn in_lines(all: &[Trouble]) -> String {
    let mut lines = String::new();
    for Trouble { what, who, did, status } in all {
        writeln!(lines, "{what} → {who} {did} → {status}").expect("a string takes all");
    }
    lines
}
