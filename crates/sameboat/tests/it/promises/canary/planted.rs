//! The words that are planted, and what becomes of each.

/// What becomes of planted words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// They are kept, sealed: a build without sealing shows them.
    Sealed,
    /// They were kept, sealed, until others took their place.
    Replaced,
    /// They open something or were refused, and are not kept at all.
    Nowhere,
}

/// Words to look for.
pub struct Planted {
    /// The words, as somebody types them.
    pub words: &'static str,
    /// What becomes of them.
    pub kept: Kept,
}

pub const NAME: &str = "zwergtaucherin";
pub const PASSPHRASE: &str = "Quillwort & basalt <regatta> “99”";
pub const NEXT_PASSPHRASE: &str = "Öljylamppu; gherkin / 47% thistle";
pub const WRONG_PASSPHRASE: &str = "brackish+lantern&museum=3";
pub const WRONG_NAME: &str = "schnabeligel-0042";
pub const REFUSED_NAME: &str = "two <b>marzipan</b> words";
pub const WEAK_PASSPHRASE: &str = "pumpernickel";
pub const NO_FIELD: &str = "nobody asked for “cardamom” here";
pub const PAGE: &str = "I could not sleep: “vermilion heron” & <owl>\nthen 3% rain";
pub const EARLIER_PAGE: &str = "before: “celadon” & <stoat>";
pub const CHANGED_PAGE: &str = "Schlaf & “perlmutt” – besser?";
pub const TROUBLE: &str = "the <stairwell> at 7 & the marmalade dog";
pub const GOAL: &str = "Ask Ignatz for the “accordion” back";
pub const DRAFT: &str = "half a sentence about tamarind/";
pub const THROWN_DRAFT: &str = "thrown away: obsidian?";
pub const LONG_LINE: &str = "kumquat & co. ";
pub const PURPOSE: &str = "people with a “lighthouse” at home";
pub const WHAT_FOR: &str = "marzipan-free company & <hush>";
pub const NOT_FOR: &str = "fire brigade “Orange” things";
pub const INSIDE: &str = "The Quiet Pelicans & Co";
pub const OUTSIDE: &str = "Thursdays <at> Ottokar's";
pub const PLACE: &str = "Behind the walnut door, 2nd floor";
pub const OWN_CLAUSE: &str = "Nobody mentions the “hovercraft”.";
pub const LINES: &str = "Pigeon & Post: 0161 496 0123";
pub const MEMBER: &str = "Ludmilla “Lu” of the kites";
pub const SHARE: &str = "the “umbrella” fell on the <tram> again";
pub const SHARE_BEFORE: &str = "mended away: ‘quince’ & tin";
pub const SHARE_FOR_ONE: &str = "only for you: saffron & “gravel”";
pub const ANSWER: &str = "my aunt’s <harmonium> did that too";
pub const ANSWER_FOR_ONE: &str = "between us: pistachio/91%";
pub const SHARE_DRAFT: &str = "begun and not sent: mulberry?";
pub const WORRY: &str = "she said “turpentine” twice & hung up";
pub const THEME: &str = "Nightbus & <nettles>";
pub const CAUSE_BEFORE: &str = "a “barge” for <everybody> by May";
pub const CAUSE: &str = "We want the “ferry” & no <fog> on it";
pub const OWN_GOAL: &str = "a “greenhouse” & two <geese>";

pub const MEETING_PLACE: &str = "Under the “copper” beech, gate 3";
pub const STEP: &str = "What would the <otter> say?";
pub const FREE_NAME: &str = "Old “Nutmeg” Tom";
pub const FIRST_HARVEST: &str = "we owe Ignatz a “ladder”";
pub const HARVEST: &str = "Saffron buns & <quiet> on Fridays";
pub const HARVEST_DRAFT: &str = "we owe Ignatz “two” <stepladders>?";
pub const TITLE: &str = "Gymnastics “Ostrich” club";
pub const LINK_LABEL: &str = "the one for “Saffron” & her dog";
pub const GUEST: &str = "Ottilie of the <weir>";
pub const GUEST_LATER: &str = "Ottilie “Tilly” Marsh";
pub const WAITS: &str = "Bartholomew & the rushes";
pub const REACH: &str = "ring twice at the “bakery”, ask for 3/4 rye";
pub const HARD: &str = "stairs & the smell of <turpentine>";
pub const STRANGER: &str = "Leopold “Pebble” Quince";
pub const OBJECTION: &str = "I hum when I am “nervous” & can't stop";
pub const REASON: &str = "you fed the <ferret> with our minutes";
pub const NEW_PLACE: &str = "Under the viaduct, by the “third” lamp";
pub const NEW_WHO: &str = "neighbours of the “quarry” road";
pub const NEW_WHAT_FOR: &str = "tea & company on wet <Sundays>";
pub const NEW_NOT_FOR: &str = "people who count “lobsters”";
pub const NEW_INSIDE: &str = "The Loud Flamingos & Sons";
pub const NEW_OUTSIDE: &str = "Mondays <in> Wanda’s shed";
pub const NEW_CLAUSE: &str = "Everybody may hum “Greensleeves”.";
pub const NEW_LINES: &str = "Marigold & Moss, the florists";
pub const CHANGE_DRAFT: &str = "not yet proposed: who “knit” at night";
pub const OWN_LIST: &str = "Wilhelmina “Wren” Ashby";
pub const DOOR_OBJECTION: &str = "I can’t whisper & won’t <try>";
pub const LATER_PLACE: &str = "By the “fourth” turnstile, left of the <kiosk>";
pub const CIRCLE_PAGE: &str = "written in the circle: ‘lichen’ & salt";
pub const ANSWER_DRAFT: &str = "an answer begun: “barnacle”?";
pub const DOOR_DRAFT: &str = "not yet knocked: “periwinkle” at <nine>?";
pub const WALK_DRAFT: &str = "a purpose half typed: “samovar” & all?";
pub const NO_OLD_PASSPHRASE: &str = "mackerel & cushions, I “think”";
pub const RENEWED_PASSPHRASE: &str = "Grünspan, fjord & 12 “lanterns”";
pub const NO_CODE: &str = "my code was on the <fridge>";
pub const RECOVERED_PASSPHRASE: &str = "velvet tram; rhubarb @ 6 o’clock";

const fn sealed(words: &'static str) -> Planted {
    Planted { words, kept: Kept::Sealed }
}

const fn replaced(words: &'static str) -> Planted {
    Planted { words, kept: Kept::Replaced }
}

const fn nowhere(words: &'static str) -> Planted {
    Planted { words, kept: Kept::Nowhere }
}

/// All of them.
pub const PLANTED: &[Planted] = &[
    sealed(NAME),
    sealed(PAGE),
    sealed(CHANGED_PAGE),
    sealed(TROUBLE),
    sealed(GOAL),
    sealed(DRAFT),
    sealed(PURPOSE),
    sealed(WHAT_FOR),
    sealed(NOT_FOR),
    sealed(INSIDE),
    sealed(PLACE),
    sealed(OWN_CLAUSE),
    sealed(LINES),
    sealed(MEMBER),
    sealed(OUTSIDE),
    nowhere(PASSPHRASE),
    nowhere(NEXT_PASSPHRASE),
    nowhere(WRONG_PASSPHRASE),
    nowhere(WRONG_NAME),
    nowhere(REFUSED_NAME),
    nowhere(WEAK_PASSPHRASE),
    nowhere(NO_FIELD),
    replaced(THROWN_DRAFT),
    replaced(EARLIER_PAGE),
    sealed(LONG_LINE),
    sealed(SHARE),
    replaced(SHARE_BEFORE),
    sealed(SHARE_FOR_ONE),
    sealed(ANSWER),
    sealed(ANSWER_FOR_ONE),
    sealed(SHARE_DRAFT),
    sealed(WORRY),
    sealed(THEME),
    sealed(OWN_GOAL),
    replaced(CAUSE_BEFORE),
    sealed(CAUSE),
    replaced(MEETING_PLACE),
    sealed(STEP),
    replaced(FREE_NAME),
    replaced(FIRST_HARVEST),
    sealed(HARVEST),
    sealed(HARVEST_DRAFT),
    nowhere(TITLE),
    sealed(LINK_LABEL),
    replaced(GUEST),
    sealed(GUEST_LATER),
    sealed(WAITS),
    sealed(REACH),
    sealed(HARD),
    sealed(STRANGER),
    sealed(OBJECTION),
    sealed(REASON),
    sealed(NEW_PLACE),
    sealed(NEW_WHO),
    sealed(NEW_WHAT_FOR),
    sealed(NEW_NOT_FOR),
    sealed(NEW_INSIDE),
    sealed(NEW_OUTSIDE),
    sealed(NEW_CLAUSE),
    sealed(NEW_LINES),
    sealed(CHANGE_DRAFT),
    sealed(OWN_LIST),
    sealed(DOOR_OBJECTION),
    sealed(LATER_PLACE),
    sealed(CIRCLE_PAGE),
    sealed(ANSWER_DRAFT),
    sealed(DOOR_DRAFT),
    sealed(WALK_DRAFT),
    nowhere(NO_OLD_PASSPHRASE),
    nowhere(RENEWED_PASSPHRASE),
    nowhere(NO_CODE),
    nowhere(RECOVERED_PASSPHRASE),
];
