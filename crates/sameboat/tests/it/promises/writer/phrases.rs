//! Words that are played, each with whoever wrote it and whoever may read it.

/// Words to look for.
pub struct Phrase {
    /// The words.
    pub words: &'static str,
    /// The name of whoever wrote them, where a page tells it; else empty.
    pub by: &'static str,
    /// The people who may read them.
    pub readers: &'static [&'static str],
}

/// The names that people have in the group.
pub const NAMES: [&str; 8] = [ANA, BEA, CLEO, NORA, FINN, GUS, DORA, OLGA];
pub const ANA: &str = "Anahild";
pub const BEA: &str = "Beatrix";
pub const CLEO: &str = "Cleofe";
pub const NORA: &str = "Norabel";
pub const FINN: &str = "Finnian";
pub const GUS: &str = "Gustave";
pub const DORA: &str = "Dorabel";
pub const OLGA: &str = "Olgamund";

pub const WHO: &str = "cinnamon ladders";
pub const WHAT_FOR: &str = "marzipan ferries";
pub const NOT_FOR: &str = "orange brigades";
pub const INSIDE: &str = "quiet pelicans";
pub const OUTSIDE: &str = "walnut thursdays";
pub const PLACE: &str = "copper beech cellar";
pub const FINN_SHARE: &str = "umbrella on the tram";
pub const ANA_SHARE: &str = "harmonium at dawn";
pub const BEA_ANSWER: &str = "pistachio evenings";
pub const FINN_TO_BEA: &str = "saffron gravel";
pub const BEA_TO_FINN: &str = "basalt regatta";
pub const ANA_LIST: &str = "Wilhelmina Ashbyrd";
pub const ANA_PAGE: &str = "vermilion heron";
pub const BEA_PAGE: &str = "celadon stoat";
pub const BEA_WORRY: &str = "turpentine twice";
pub const CAUSE_BEFORE: &str = "a barge by maytime";
pub const CAUSE: &str = "no fog on the ferry";
pub const MENDED: &str = "quince and tin";
pub const CLEO_SHARE: &str = "mulberry hovercraft";
pub const BEA_SHARE: &str = "lichen on salt";
pub const BEA_TO_CLEO: &str = "barnacle lantern";
pub const CLEO_TO_BEA: &str = "periwinkle at nine";
pub const BEA_TO_LEAD: &str = "samovar in the shed";
pub const CLEO_WORRY: &str = "rushes by the weir";
pub const ANA_ANSWER: &str = "gherkin thistle";
pub const BEA_DRAFT: &str = "tamarind half";
pub const NEW_PLACE: &str = "viaduct third lamp";
pub const OBJECTION: &str = "nervous humming";
pub const THEME: &str = "nightbus nettles";
pub const MEETING_PLACE: &str = "turnstile kiosk";
pub const HARVEST: &str = "saffron buns fridays";
pub const OPEN_SHARE: &str = "perlmutt morning";
pub const LATE_SHARE: &str = "obsidian rye";
pub const REASON: &str = "ferret with minutes";
pub const REACH: &str = "bakery bell";
pub const HARD: &str = "stairwell smell";
pub const DORA_OBJECTS: &str = "cannot whisper";
pub const DORA_LIST: &str = "Leopold Pebblequince";
/// What is said after something was changed.
pub const AFTERWARDS: &str = "gondola by daylight";
pub const OLGA_SHARE: &str = "greenhouse geese";
pub const OLGA_PAGE: &str = "kumquat company";
pub const OLGA_WALK: &str = "knitting neighbours";
pub const OLGA_OUTSIDE: &str = "ostrich gymnastics";

const ALL: &[&str] = &["ana", "bea", "cleo", "nora"];
const EARLIER: &[&str] = &["ana", "bea", "cleo"];

const fn told(words: &'static str, by: &'static str, readers: &'static [&'static str]) -> Phrase {
    Phrase { words, by, readers }
}

/// All of them.
pub const PHRASES: &[Phrase] = &[
    told(WHO, "", ALL),
    told(WHAT_FOR, "", ALL),
    told(NOT_FOR, "", ALL),
    told(INSIDE, "", ALL),
    told(OUTSIDE, "", &["ana", "bea", "cleo", "nora", "dora"]),
    told(PLACE, "", ALL),
    told(FINN_SHARE, FINN, EARLIER),
    told(ANA_SHARE, ANA, EARLIER),
    told(BEA_ANSWER, BEA, EARLIER),
    told(FINN_TO_BEA, FINN, &["bea"]),
    told(BEA_TO_FINN, BEA, &["bea"]),
    told(ANA_LIST, "", &["ana"]),
    told(ANA_PAGE, "", &["ana"]),
    told(BEA_PAGE, "", &["bea"]),
    told(BEA_WORRY, BEA, &["ana", "bea"]),
    told(CAUSE_BEFORE, "", &[]),
    told(CAUSE, BEA, ALL),
    told(MENDED, "", &[]),
    told(CLEO_SHARE, CLEO, EARLIER),
    told(BEA_SHARE, BEA, EARLIER),
    told(BEA_TO_CLEO, BEA, &["bea", "cleo"]),
    told(CLEO_TO_BEA, CLEO, &["bea", "cleo"]),
    told(BEA_TO_LEAD, BEA, &["ana", "bea"]),
    told(CLEO_WORRY, CLEO, &["ana", "cleo"]),
    told(ANA_ANSWER, ANA, EARLIER),
    told(BEA_DRAFT, "", &["bea"]),
    told(NEW_PLACE, "", ALL),
    told(OBJECTION, ANA, ALL),
    told(THEME, "", ALL),
    told(MEETING_PLACE, "", ALL),
    told(HARVEST, "", EARLIER),
    told(OPEN_SHARE, BEA, ALL),
    told(LATE_SHARE, BEA, ALL),
    told(REASON, "", &["cleo"]),
    told(REACH, DORA, ALL),
    told(HARD, DORA, ALL),
    told(DORA_OBJECTS, DORA, ALL),
    told(DORA_LIST, "", &[]),
    told(AFTERWARDS, "", &[]),
    told(OLGA_SHARE, OLGA, &["olga"]),
    told(OLGA_PAGE, "", &["olga"]),
    told(OLGA_WALK, "", &["olga"]),
    told(OLGA_OUTSIDE, "", &["olga"]),
];
