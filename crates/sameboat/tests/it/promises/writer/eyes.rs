//! Who looks at which pages after a row of a table was changed.

use std::collections::BTreeSet;

use super::play::Place;
use crate::world::Page;

/// Pages for each table, as `who page, who page`; an address in braces is one of the place's.
/// Whoever is not in the group asks for one of its pages: if that opens, for all others too.
const PAGES: [(&str, &str); 35] = [
    (
        "answer",
        "ana {bea-share}, bea {bea-share}, nora {bea-share}, cleo {bea-alone}, \
         bea {ana-share}, bea {finn-alone}, cleo {g}/me/words",
    ),
    ("asking", "ana {g}, cleo {g}, bea {asked}, cleo /went/{id}, nora {asked}"),
    ("cause", "ana {g}, nora {g}/common-ground, bea {g}/common-ground/cause, finn {g}"),
    ("coming_back", "ana {g}, nora {g}, bea {g}/return, ana /me, finn {g}"),
    ("departure", "ana {g}, nora {g}/us, bea {g}/talk, cleo {ana-share}"),
    (
        "door",
        "ana {g}/door, nora {g}/door, bea {g}, dora /joining/waiting, dora {g}, \
         finn {g}",
    ),
    ("draft", "bea {g}/share/new, ana {g}/share/new, olga /me, bea /me"),
    (
        "envelope",
        "ana {g}/talk, bea {g}/talk, cleo {g}/talk, nora {g}/talk, cleo {bea-alone}, \
         ana {g}, ana {bea-alone}",
    ),
    (
        "epoch",
        "ana {g}/talk, bea {g}/common-ground, cleo {ana-share}, nora {ana-share}, \
         finn {g}, gus {g}, dora {g}",
    ),
    ("farewell", "cleo /went/{id}, bea /went/{id}, finn /went/{id}, finn /groups, cleo {g}"),
    ("founding", "olga /start/purpose, ana /start/purpose, olga /me"),
    ("freezing", "ana {g}, bea {g}/freeze, cleo {g}/us, gus {g}, gus /groups"),
    ("gone", "ana {g}, finn {g}, gus {g}"),
    ("gone_list", "ana {g}"),
    ("groups", "ana {g}, finn {g}, dora /joining/waiting, nobody /, olga /groups, bea /groups"),
    ("hidden", "cleo {g}/talk, cleo {g}/me/words, ana {g}/talk"),
    ("instance", "ana {g}, nobody /"),
    (
        "invitation",
        "ana {g}/invite, bea {g}/invite, nora {g}/door, dora /joining/waiting, dora {g}",
    ),
    (
        "key_grant",
        "ana {g}/talk, bea {g}/talk, cleo {g}/talk, nora {g}/talk, nora {ana-share}, \
         finn {g}, gus {g}, dora {g}",
    ),
    ("meeting", "ana {open}, nora {planned}, bea {closed}, cleo {g}/meet, nora {g}, bea {open}"),
    (
        "member",
        "ana {g}/us, bea {g}/agreement/say, cleo {g}, nora {g}/talk, finn {g}, \
         gus {g}, dora {g}",
    ),
    ("must_not_meet", "ana {g}/must-not-meet, bea {g}/must-not-meet, nora {g}/door"),
    (
        "nameless",
        "ana {g}/common-ground, nora {g}/common-ground, cleo {bea-share}, bea {g}, \
         nora {open}",
    ),
    ("newcomer", "ana {g}, nora {g}, nora {g}/talk, cleo {g}/talk"),
    ("notebook_page", "ana /notebook, bea /notebook, olga /notebook"),
    (
        "paper",
        "ana {g}/card, nora {g}/agreement, cleo {g}/agreement/say, \
         bea {g}/agreement/versions/1, dora /joining/waiting, ana {g}",
    ),
    ("parting", "ana {g}/us, nora {g}, gus {g}"),
    ("person", "ana /me, bea {g}, finn /me, olga /notebook, finn {g}"),
    ("recovery", "ana /me, finn {g}"),
    (
        "share",
        "ana {g}/talk, bea {g}/talk, cleo {g}, nora {g}/talk, nora {ana-share}, \
         ana {bea-alone}, cleo {bea-alone}",
    ),
    ("sign_in", "ana {g}, bea {g}, finn {g}, olga /me, gus /groups"),
    ("sign_in_event", "ana /me, bea /me"),
    ("stage", "ana {g}, nora {g}/journey, finn {g}"),
    ("stance", "ana {g}/agreement/say, nora {g}/agreement, bea {g}/agreement/say, cleo {g}"),
    ("worry", "ana {g}, bea {g}, cleo {g}, cleo {g}/me/words"),
];

/// Tables whose rows only the machinery of forms and of starting reads.
const FEW: &str = "ana {g}, finn {g}, nobody /";

/// Somebody looks at a page.
#[derive(Clone)]
pub struct Look {
    /// Who, by their place among the people.
    pub person: usize,
    /// The address.
    pub address: String,
    /// What the page was before anything was changed.
    pub page: Page,
    /// The same without what is new on every page.
    pub plain: String,
    /// The words that were played and stood there.
    pub told: BTreeSet<usize>,
}

/// Who looks at which pages after a change to a table.
pub fn pages_of(table: &str) -> &'static str {
    PAGES.iter().find(|(name, _)| *name == table).map_or(FEW, |(_, pages)| pages)
}

/// The looks that a line says, by person and address.
pub fn looks(place: &Place, line: &str) -> Vec<(usize, String)> {
    let mut all = Vec::new();
    for look in line.split(", ") {
        let (who, page) = look.split_once(' ').expect("who and what");
        all.push((place.person(who), place.address(page)));
    }
    all
}
