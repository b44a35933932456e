//! Holding a theme and letting it go.

use storekit::Tx;

use crate::access::Member;
use crate::common_ground::model::{Own, STARTERS, Theme, best_spelling};
use crate::error::{FieldIssue, Outcome};
use crate::groups::{self, sayings};
use crate::sharing::{Together, together};

/// Themes that one person may hold: so many that nobody meets the limit who means it.
const MOST: usize = 40;

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

/// The themes that this member may see: those of three and more, and their own.
pub fn themes(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<Held>> {
    let all = sayings::find(tx, member, sayings::THEMES)?;
    let here = groups::list_members(tx, member)?;
    let here = here.iter().filter(|named| named.state.has_key()).count();
    let mut seen = Vec::new();
    for name in all.things() {
        let Some(theme) = Theme::from_name(name) else { continue };
        let same = together(all.count(name), here);
        let mine = all.is_mine(member, name);
        if mine || same != Together::Few {
            let text = match theme {
                Theme::Starter(_) => String::new(),
                Theme::Own(_) => best_spelling(all.texts(name)),
            };
            seen.push(Held { theme, text, same, mine });
        }
    }
    Ok(seen)
}

/// The themes that the whole group sees.
pub fn shared(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<Held>> {
    let mut all = themes(tx, member)?;
    all.retain(|held| held.same != Together::Few);
    Ok(all)
}

/// Themes of ours that this member does not see above already.
pub fn offered(held: &[Held]) -> Vec<&'static str> {
    let seen = |word: &'static str| held.iter().any(|held| held.theme == Theme::Starter(word));
    STARTERS.into_iter().filter(|word| !seen(word)).collect()
}

/// Holds themes: some of ours, and perhaps one in own words. Nothing else is kept of it.
///
/// # Errors
/// A field to mend when it is more than anybody needs.
pub fn hold(
    tx: &mut Tx<'_>,
    member: &Member,
    (themes, own): (&[Theme], Option<&Own>),
) -> Outcome<()> {
    let all = sayings::find(tx, member, sayings::THEMES)?;
    let held = all.things().iter().filter(|name| all.is_mine(member, name)).count();
    if held + themes.len() + usize::from(own.is_some()) > MOST {
        return Err(FieldIssue::only("own", "ground-most"));
    }
    for theme in themes {
        sayings::add(tx, member, sayings::THEMES, (&theme.name(), ""))?;
    }
    if let Some(own) = own {
        let name = Theme::Own(own.folded.clone()).name();
        sayings::add(tx, member, sayings::THEMES, (&name, &own.text))?;
    }
    Ok(())
}

/// Lets a theme go.
pub fn let_go(tx: &mut Tx<'_>, member: &Member, theme: &Theme) -> Outcome<()> {
    sayings::take_back(tx, member, sayings::THEMES, &theme.name())
}
