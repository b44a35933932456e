//! What is new in Talk, and what was said to whoever looks alone.

use storekit::Tx;

use crate::access::Member;
use crate::common_ground::{self, Cause, CauseView, Ground, GroundView};
use crate::error::Outcome;
use crate::groups::{self, Named};
use crate::ids::{MemberId, ShareId, WorryId};
use crate::sharing::{self, About, Offered, Share, ShareView, Worry};
use crate::web::Page;

/// Shares that Today shows.
const LATEST: usize = 2;

/// What was read, before it is put into a page's language.
pub struct Found {
    latest: Vec<Share>,
    to_me: Vec<Share>,
    offers: Vec<Offered>,
    worries: Vec<Worry>,
    is_worry_damaged: bool,
    cause: Option<Cause>,
    ground: Ground,
    names: Vec<Named>,
    me: MemberId,
}

/// Reads it.
pub fn find(tx: &mut Tx<'_>, member: &Member) -> Outcome<Found> {
    let mut latest = sharing::list(tx, member, i64::MAX)?.shares;
    latest.retain(|share| share.said.to.is_none());
    latest.truncate(LATEST);
    let me = member.id();
    let found = sharing::worries(tx, member)?;
    let (mut worries, is_worry_damaged) = (found.all, found.damaged);
    worries.retain(|worry| worry.told.to == me);
    let (to_me, names) = (sharing::to_me(tx, member)?, groups::list_members(tx, member)?);
    let (cause, ground) = (common_ground::cause(tx, member)?, common_ground::find(tx, member)?);
    let offers = sharing::offers_to_me(tx, member)?;
    Ok(Found { latest, to_me, offers, worries, is_worry_damaged, cause, ground, names, me })
}

/// What Today tells of Talk.
pub struct Talk {
    /// The newest shares with the group.
    pub latest: Vec<ShareView>,
    /// Shares with this member alone that they have not answered.
    pub to_me: Vec<ShareView>,
    /// What others would give them, if they like.
    pub offers: Vec<OfferView>,
    /// What they are told as the facilitator.
    pub worries: Vec<WorryView>,
    /// Whether one of those that they told or were told can't be read any more.
    pub is_worry_damaged: bool,
    /// The sentence on what we want together.
    pub cause: CauseView,
    /// What three and more have in common.
    pub ground: GroundView,
}

/// “Would you like…?”, as it waits for an answer.
pub struct OfferView {
    /// Under which share.
    pub share: ShareId,
    /// Who asks.
    pub name: Option<String>,
    /// The key of what they ask.
    pub asks: String,
}

/// A worry as the facilitator reads it.
pub struct WorryView {
    /// Its id.
    pub id: WorryId,
    /// The share that it is about.
    pub share: ShareId,
    /// How its words stand to whoever looks.
    about: About,
    /// Who is worried.
    pub name: Option<String>,
    /// In which words; perhaps none.
    pub text: String,
    /// On which day, in words.
    pub day: String,
}

impl WorryView {
    /// Whether its words can be read.
    pub fn is_there(&self) -> bool {
        self.about == About::There
    }

    /// Whether its words are for others.
    pub fn is_closed(&self) -> bool {
        self.about == About::Closed
    }
}

impl Talk {
    /// In the language of a page.
    pub fn of(page: &Page, found: Found) -> Talk {
        let Found { latest, to_me, offers, worries, is_worry_damaged, cause, ground, names, me } =
            found;
        let view = |share| ShareView::of(page, (&names, me), share);
        let name = |id| {
            let named = names.iter().find(|named| named.id == id);
            named.map(|named| named.about.name.as_str().to_owned())
        };
        let worries = worries.into_iter().map(|worry| WorryView {
            id: worry.id,
            share: worry.told.share,
            about: worry.about,
            name: name(worry.told.by),
            day: page.day(worry.day),
            text: worry.told.text,
        });
        let offers = offers.into_iter().map(|offered| OfferView {
            share: offered.share,
            name: name(offered.by),
            asks: format!("offer-{}", offered.what.word()),
        });
        Talk {
            offers: offers.collect(),
            worries: worries.collect(),
            is_worry_damaged,
            cause: CauseView::of(page, &names, cause),
            ground: GroundView::of(page, ground),
            latest: latest.into_iter().map(view).collect(),
            to_me: to_me.into_iter().map(view).collect(),
        }
    }
}
