//! Holding a theme and letting it go.

use storekit::Tx;

use crate::access::Member;
use crate::common_ground::model::{Kind, Own, Spread, Theme, Words, best_spelling};
use crate::error::{FieldIssue, Outcome};
use crate::groups::{self, sayings};
use crate::sharing::{Together, together};

/// Themes that one person may hold: so many that nobody meets the limit who means it.
const MOST: usize = 60;

/// A theme as this member may see it.
pub struct Held {
    /// Which.
    pub theme: Theme,
    /// As most holders wrote it; empty for one of ours.
    pub text: String,
    /// How many of us, as far as it may be told.
    pub same: Together,
    /// Whether this member holds it.
    pub mine: bool,
}

/// What this member may see of what members have in common.
pub struct Ground {
    /// The themes of three and more, and their own.
    pub held: Vec<Held>,
    /// Whether our goals are alike, as far as it may be told.
    pub spread: Spread,
}

/// Reads it.
pub fn find(tx: &mut Tx<'_>, member: &Member) -> Outcome<Ground> {
    let all = sayings::find(tx, member, sayings::THEMES)?;
    let here = groups::list_members(tx, member)?;
    let here = here.iter().filter(|named| named.state.has_key()).count();
    let mut held = Vec::new();
    for name in all.things() {
        let Some(theme) = Theme::from_name(name) else { continue };
        let same = together(all.count(name), here);
        let mine = all.is_mine(member, name);
        if mine || same != Together::Few {
            let text = match theme.words {
                Words::Ours(_) => String::new(),
                Words::Own(_) => best_spelling(all.texts(name)),
            };
            held.push(Held { theme, text, same, mine });
        }
    }
    held.sort_by_key(|held| held.theme.kind);
    let goals = held.iter().filter(|held| held.theme.kind == Kind::Goal);
    let goals: Vec<Together> = goals.map(|held| held.same).collect();
    Ok(Ground { held, spread: Spread::of(&goals, here) })
}

/// Themes of ours that this member does not see above already.
pub fn offered(held: &[Held], kind: Kind) -> Vec<Theme> {
    let all = kind.starters().iter().filter_map(|word| Theme::ours(kind, word));
    all.filter(|theme| !held.iter().any(|held| held.theme == *theme)).collect()
}

/// Holds themes: some of ours, and perhaps some in own words. Nothing else is kept of it.
///
/// # Errors
/// A field to mend when it is more than anybody needs.
pub fn hold(tx: &mut Tx<'_>, member: &Member, ours: &[Theme], own: &[Own]) -> Outcome<()> {
    let all = sayings::find(tx, member, sayings::THEMES)?;
    let held = all.things().iter().filter(|name| all.is_mine(member, name)).count();
    if held + ours.len() + own.len() > MOST {
        let kinds = ours.iter().map(|theme| theme.kind).chain(own.iter().map(|own| own.kind));
        let kind = kinds.min().unwrap_or(Kind::Trouble);
        return Err(FieldIssue::only(kind.field(), "ground-most"));
    }
    let ours = ours.iter().map(|theme| (theme.name(), ""));
    let own = own.iter().map(|own| (own.theme().name(), &*own.text));
    let said: Vec<(String, &str)> = ours.chain(own).collect();
    let said: Vec<(&str, &str)> = said.iter().map(|(name, text)| (&**name, *text)).collect();
    sayings::add_all(tx, member, sayings::THEMES, &said)
}

/// Lets a theme go.
pub fn let_go(tx: &mut Tx<'_>, member: &Member, theme: &Theme) -> Outcome<()> {
    sayings::take_back(tx, member, sayings::THEMES, &theme.name())
}
