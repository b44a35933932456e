//! What a share and an answer are: pure.

use serde::{Deserialize, Serialize};

use crate::error::FieldIssue;
use crate::ids::{AnswerId, MemberId, ShareId};
use crate::notebook::clean;

/// Characters that fit into a share or an answer.
const MOST: usize = 5_000;
/// From how many people on a number may be told, and how many must be left beside them: a number
/// that leaves one or two out points at them.
const AT_LEAST: usize = 3;

/// Which answer somebody wants (A10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wants {
    /// Just to be listened to.
    Listening,
    /// What others have lived through.
    Experience,
    /// Ideas.
    Ideas,
    /// Something done.
    Help,
    /// Not to be alone with it.
    Company,
}

impl Wants {
    /// In the order in which they are offered.
    pub const ALL: [Wants; 5] =
        [Wants::Listening, Wants::Experience, Wants::Ideas, Wants::Help, Wants::Company];

    /// The word in forms and in keys of sentences.
    pub fn word(self) -> &'static str {
        match self {
            Wants::Listening => "listening",
            Wants::Experience => "experience",
            Wants::Ideas => "ideas",
            Wants::Help => "help",
            Wants::Company => "company",
        }
    }

    /// From the word in a form.
    pub fn from_word(word: &str) -> Option<Wants> {
        Wants::ALL.into_iter().find(|wants| wants.word() == word)
    }

    /// What may be offered where this was asked for: every other kind of answer but listening, which
    /// needs no yes.
    pub fn others(self) -> impl Iterator<Item = Wants> + Clone {
        let offered = move |other: &Wants| *other != self && *other != Wants::Listening;
        Wants::ALL.into_iter().filter(offered)
    }
}

/// For whom a share is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Everybody in the group.
    Group,
    /// One member.
    One,
    /// Whoever was the facilitator at that moment.
    Facilitator,
}

impl Audience {
    /// All of them.
    pub const ALL: [Audience; 3] = [Audience::Group, Audience::One, Audience::Facilitator];

    /// The word in the row and in forms.
    pub fn word(self) -> &'static str {
        match self {
            Audience::Group => "group",
            Audience::One => "one",
            Audience::Facilitator => "facilitator",
        }
    }

    /// From that word.
    pub fn from_word(word: &str) -> Option<Audience> {
        Audience::ALL.into_iter().find(|audience| audience.word() == word)
    }
}

/// What kind of answer it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// “I have read all of it.” For the share's writer alone.
    Heard,
    /// “Thank you for saying it.” For the share's writer alone.
    Thanks,
    /// Words, for everybody who may read the share.
    Words,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 3] = [Kind::Heard, Kind::Thanks, Kind::Words];

    /// The word in the row and in forms.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Heard => "heard",
            Kind::Thanks => "thanks",
            Kind::Words => "words",
        }
    }

    /// From that word.
    pub fn from_word(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Words that fit: NFC, no control characters but line breaks and tabs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    /// The words as typed, if they fit.
    ///
    /// # Errors
    /// The sentence to show beside the field `words`.
    pub fn parse(typed: &str) -> Result<Text, FieldIssue> {
        let issue = |key| FieldIssue { field: "words", key };
        let text = clean(typed);
        match text.chars().count() {
            0 => Err(issue("share-words-empty")),
            n if n > MOST => Err(issue("share-words-long")),
            _ => Ok(Text(text)),
        }
    }

    /// Words that may be left out: nothing typed is fine.
    ///
    /// # Errors
    /// The sentence to show beside the field `words`.
    pub fn parse_optional(typed: &str) -> Result<Option<Text>, FieldIssue> {
        if clean(typed).is_empty() { Ok(None) } else { Text::parse(typed).map(Some) }
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What is sealed of a share. Who may read it stands here: what a column says of it in clear is for
/// finding rows, and decides nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The words.
    pub text: String,
    /// Which answer is wanted.
    pub wants: Wants,
    /// For whom.
    pub audience: Audience,
    /// To whom, where it is for one alone.
    pub to: Option<MemberId>,
    /// Whether people who come later may read it.
    pub newcomers: bool,
    /// Who may read it, where it lies in envelopes: its writer among them.
    pub readers: Vec<MemberId>,
    /// When (microseconds UTC).
    pub at: i64,
    /// When it was last mended (microseconds UTC).
    pub mended: Option<i64>,
    /// How often it was mended, so that nobody's name comes to stand under words they never saw.
    #[serde(default)]
    pub turn: u32,
}

/// What is sealed of an answer; no words where the kind or the offer says it all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// To which share.
    pub share: ShareId,
    /// What kind.
    pub kind: Kind,
    /// The words.
    pub text: String,
    /// When (microseconds UTC).
    pub at: i64,
    /// What it offers, or says to an offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
}

/// “Would you like…?”: whoever has another kind of answer than was asked for asks first (A10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Offer {
    /// Somebody asks whether this would be welcome.
    Asks(Wants),
    /// The share's writer says so, or that it would not, to the one who asked alone.
    Says {
        /// To which offer.
        to: AnswerId,
        /// Who made it.
        by: MemberId,
        /// What it was.
        what: Wants,
        /// Whether it is welcome.
        yes: bool,
    },
}

/// What somebody told the facilitator because a share worries them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// Who told it.
    pub by: MemberId,
    /// To whom.
    pub to: MemberId,
    /// About which share.
    pub share: ShareId,
    /// In which words; perhaps none.
    pub text: String,
    /// When (microseconds UTC).
    pub at: i64,
}

/// How many of us, as far as it may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Together {
    /// Too few to tell of.
    Few,
    /// Enough, but so many that a number would point at the rest.
    Some,
    /// This many.
    Count(usize),
}

/// How much may be told of `holders` people among `all` who could be.
pub fn together(holders: usize, all: usize) -> Together {
    if holders < AT_LEAST {
        Together::Few
    } else if all.checked_sub(holders).is_some_and(|rest| rest >= AT_LEAST) {
        Together::Count(holders)
    } else {
        Together::Some
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_told_only_where_three_are_in_and_three_are_out() {
        let all = [(2, 20), (3, 6), (3, 5), (5, 8), (6, 8), (8, 8), (9, 8)]
            .map(|(n, all)| together(n, all));
        assert_eq!(
            all,
            [
                Together::Few,
                Together::Count(3),
                Together::Some,
                Together::Count(5),
                Together::Some,
                Together::Some,
                Together::Some,
            ]
        );
    }

    #[test]
    fn every_word_reads_back() {
        assert!(Wants::ALL.iter().all(|one| Wants::from_word(one.word()) == Some(*one)));
        assert!(Audience::ALL.iter().all(|one| Audience::from_word(one.word()) == Some(*one)));
        assert!(Kind::ALL.iter().all(|one| Kind::from_word(one.word()) == Some(*one)));
        assert_eq!(Wants::from_word("advice"), None);
    }

    #[test]
    fn what_was_not_asked_for_can_be_offered_and_listening_needs_no_yes() {
        let offered = |wants: Wants| wants.others().map(Wants::word).collect::<Vec<_>>();
        assert_eq!(offered(Wants::Listening), ["experience", "ideas", "help", "company"]);
        assert_eq!(offered(Wants::Ideas), ["experience", "help", "company"]);
    }

    #[test]
    fn an_answer_reads_back() {
        let offered = Some(Offer::Says {
            to: [3; 16].into(),
            by: MemberId::from([4; 16]),
            what: Wants::Ideas,
            yes: true,
        });
        let (share, kind) = ([5; 16].into(), Kind::Words);
        let reply = Reply { share, kind, text: "yes".to_owned(), at: 7, offer: offered };
        let text = serde_json::to_string(&reply).expect("it can be written");
        assert_eq!(serde_json::from_str(&text).ok(), Some(reply));
    }

    #[test]
    fn words_are_there_and_not_too_many() {
        assert_eq!(
            Text::parse(" \n "),
            Err(FieldIssue { field: "words", key: "share-words-empty" })
        );
        assert!(Text::parse(&"ä".repeat(MOST)).is_ok());
        assert!(Text::parse(&"ä".repeat(MOST + 1)).is_err());
        assert_eq!(Text::parse_optional("\n\n"), Ok(None));
    }
}
