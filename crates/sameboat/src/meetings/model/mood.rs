//! How people come in and how they go out: one word of five each, and what all of us may see of it.
//!
//! Nobody's own word is told, and no number. From [`ENOUGH`] answers on there is a picture: what the
//! middle half of them say, and the word in the middle. It is made once and never again, so that
//! nobody can tell from a difference who said what.

use rounds::{Question, Step, StepKind};
use serde::{Deserialize, Serialize};

/// How many people must answer, and how many a group must have for it to be asked at all: our own
/// rule for every picture inside a group.
pub const ENOUGH: usize = 5;

/// How somebody is, from heavy to light.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mood {
    /// Heavy.
    Heavy,
    /// Low.
    Low,
    /// In between.
    Between,
    /// All right.
    Fine,
    /// Light.
    Light,
}

impl Mood {
    /// From heavy to light.
    pub const ALL: [Mood; 5] = [Mood::Heavy, Mood::Low, Mood::Between, Mood::Fine, Mood::Light];

    /// The word in forms.
    pub fn word(self) -> &'static str {
        match self {
            Mood::Heavy => "heavy",
            Mood::Low => "low",
            Mood::Between => "between",
            Mood::Fine => "fine",
            Mood::Light => "light",
        }
    }

    /// From the word in a form.
    pub fn from_word(word: &str) -> Option<Mood> {
        Mood::ALL.into_iter().find(|mood| mood.word() == word)
    }
}

/// Which of the two lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// How people come in.
    Coming,
    /// How they go out.
    Going,
}

impl Half {
    /// In their order.
    pub const ALL: [Half; 2] = [Half::Coming, Half::Going];

    /// The word in forms, and in what an answer says that it is about.
    pub fn word(self) -> &'static str {
        match self {
            Half::Coming => "coming",
            Half::Going => "going",
        }
    }

    /// From the word in a form.
    pub fn from_word(word: &str) -> Option<Half> {
        Half::ALL.into_iter().find(|half| half.word() == word)
    }
}

/// What all see of the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Where the middle half begins.
    pub from: Mood,
    /// What stands in the middle.
    pub middle: Mood,
    /// Where the middle half ends.
    pub to: Mood,
}

impl Picture {
    /// Of all answers; none where fewer than [`ENOUGH`] were given.
    ///
    /// Of `n` answers from heavy to light, the middle half is that from the `⌈n/4⌉`th to the
    /// `⌈n/4⌉`th from the end: of five the second to the fourth. From five on that leaves out one at
    /// least at either end, so nobody who alone feels far worse or better than all others is to be
    /// seen; and it is always more than half of them, so “most of those who answered” is true. In the middle is the
    /// `⌈n/2⌉`th: of two, the heavier.
    pub fn of(answers: &[Mood]) -> Option<Picture> {
        let count = answers.len();
        if count < ENOUGH {
            return None;
        }
        let mut sorted = answers.to_vec();
        sorted.sort_unstable();
        let quarter = count.div_ceil(4);
        let middle = sorted[count.div_ceil(2) - 1];
        Some(Picture { from: sorted[quarter - 1], middle, to: sorted[count - quarter] })
    }
}

/// How it stands with one of the two lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Line {
    /// It is not asked: not yet, or there were too few of us.
    #[default]
    Unasked,
    /// Whoever sits in the circle may answer.
    Open,
    /// Its time is over, and too few answered.
    TooFew,
    /// Its time is over, and this is the picture.
    Shown(Picture),
}

/// Both lines of a meeting. In one that was begun before there were any, neither was asked yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moods {
    coming: Line,
    going: Line,
}

impl Moods {
    /// Those of a meeting that begins.
    pub fn begun() -> Moods {
        Moods { coming: Line::Open, going: Line::Unasked }
    }

    /// How one of them stands.
    pub fn line(&self, half: Half) -> Line {
        match half {
            Half::Coming => self.coming,
            Half::Going => self.going,
        }
    }

    /// Which of them is asked now: never both.
    pub fn open(&self) -> Option<Half> {
        Half::ALL.into_iter().find(|half| self.line(*half) == Line::Open)
    }

    /// One of them stands so from now on.
    pub fn set(&mut self, half: Half, line: Line) {
        match half {
            Half::Coming => self.coming = line,
            Half::Going => self.going = line,
        }
    }

    /// Whether people have come in, and it is still open.
    pub fn coming_is_over(&self, meeting: &rounds::Meeting) -> bool {
        self.coming == Line::Open && !are_coming(meeting)
    }

    /// Whether people begin to go out, and were not asked yet.
    pub fn going_begins(&self, meeting: &rounds::Meeting) -> bool {
        self.going == Line::Unasked && are_going(meeting)
    }
}

/// The steps that have begun, the one going on included.
fn begun(meeting: &rounds::Meeting) -> &[Step] {
    let (steps, next) = (meeting.steps(), meeting.next_step());
    let ahead = next.and_then(|next| steps.iter().position(|step| step.id == next.id));
    &steps[..ahead.unwrap_or(steps.len())]
}

/// No step but the first has begun, and that one has not ended.
fn are_coming(meeting: &rounds::Meeting) -> bool {
    begun(meeting).is_empty() || meeting.at() == Some(0)
}

/// People have come in, and how they leave is asked, closing words are said, or the last step has
/// begun.
fn are_going(meeting: &rounds::Meeting) -> bool {
    let leads_out = |step: &Step| match step.plan.kind {
        StepKind::Closing => true,
        StepKind::Round { question, .. } => question == Question::CheckOut,
        StepKind::Arrive
        | StepKind::Words(_)
        | StepKind::Silence
        | StepKind::Writing
        | StepKind::CommonGround
        | StepKind::Agreement
        | StepKind::NextTime
        | StepKind::Open => false,
    };
    let last = meeting.next_step().is_none();
    !are_coming(meeting) && (last || begun(meeting).iter().any(leads_out))
}

#[cfg(test)]
mod tests {
    use rounds::{Act, Context, Minutes, Move, Opening, Plan, Role, SeatId};

    use super::*;

    const fn many<const N: usize>(mood: Mood) -> [Mood; N] {
        [mood; N]
    }

    fn picture(answers: &[Mood]) -> (Mood, Mood, Mood) {
        let Picture { from, middle, to } = Picture::of(answers).expect("enough answered");
        (from, middle, to)
    }

    #[test]
    fn four_answers_make_no_picture_and_five_do() {
        assert_eq!(Picture::of(&many::<4>(Mood::Low)), None);
        assert_eq!(picture(&many::<5>(Mood::Low)), (Mood::Low, Mood::Low, Mood::Low));
    }

    #[test]
    fn it_is_the_second_to_the_fourth_of_five_in_whatever_order_they_came() {
        let answers = [Mood::Light, Mood::Between, Mood::Heavy, Mood::Low, Mood::Low];
        assert_eq!(picture(&answers), (Mood::Low, Mood::Low, Mood::Between));
        assert_eq!(picture(&Mood::ALL), (Mood::Low, Mood::Between, Mood::Fine));
    }

    #[test]
    fn of_two_in_the_middle_it_names_the_heavier() {
        let answers = [Mood::Low, Mood::Low, Mood::Low, Mood::Fine, Mood::Fine, Mood::Fine];
        assert_eq!(picture(&answers), (Mood::Low, Mood::Low, Mood::Fine));
    }

    #[test]
    fn one_who_is_alone_with_it_never_shows_and_most_are_within() {
        for count in ENOUGH..60 {
            for (alone, others) in [(Mood::Heavy, Mood::Fine), (Mood::Light, Mood::Low)] {
                let mut answers = vec![others; count - 1];
                answers.push(alone);
                assert_eq!(picture(&answers), (others, others, others), "{count}");
            }
            let outside = 2 * (count.div_ceil(4) - 1);
            assert!(2 * (count - outside) > count, "{count}: more than half of them");
        }
    }

    fn meeting(words: &[&str]) -> rounds::Meeting {
        let plan = |word: &&str| Plan {
            kind: crate::meetings::model::kind_of(word).expect("a kind"),
            minutes: Minutes::new(5).expect("minutes"),
        };
        let opening = Opening {
            plans: words.iter().map(plan).collect(),
            expected: vec![SeatId(1)],
            roles: vec![(Role::Facilitator, SeatId(1))],
        };
        let mut meeting = rounds::Meeting::open(opening).expect("a short order");
        go(&mut meeting, Act::Here { seat: SeatId(1) });
        meeting
    }

    fn go(meeting: &mut rounds::Meeting, act: Act) {
        let mut context = Context { now: 100, facilitator_seen_at: None, chance: &mut |_| 0 };
        let asked = Move { by: SeatId(1), seen: meeting.version(), act };
        *meeting = meeting.apply(asked, &mut context).expect("it may").0;
    }

    fn begin(meeting: &mut rounds::Meeting) {
        while meeting.round().is_some_and(|round| !round.is_over()) {
            go(meeting, Act::Pass { seat: SeatId(1) });
        }
        let step = meeting.next_step().expect("one more").id;
        go(meeting, Act::Begin { step });
    }

    fn end(meeting: &mut rounds::Meeting) {
        let step = meeting.step().expect("one goes on").id;
        go(meeting, Act::End { step });
    }

    #[test]
    fn coming_in_lasts_until_the_first_step_ends_or_the_second_begins() {
        let mut meeting = meeting(&["arrive", "opening", "talk", "talk"]);
        assert!(are_coming(&meeting));
        begin(&mut meeting);
        assert!(are_coming(&meeting));
        let mut ended = meeting.clone();
        end(&mut ended);
        begin(&mut meeting);
        for meeting in [ended, meeting] {
            assert!(!are_coming(&meeting) && !are_going(&meeting));
            assert!(Moods::begun().coming_is_over(&meeting));
            assert!(!Moods::default().coming_is_over(&meeting), "it was not asked");
        }
    }

    #[test]
    fn going_out_begins_with_a_check_out_with_closing_words_or_with_the_last_step() {
        for (order, steps) in [
            (["arrive", "checkout", "talk", "talk"].as_slice(), 2),
            (&["arrive", "closing", "next", "talk"], 2),
            (&["arrive", "talk", "next"], 3),
            (&["closing", "talk", "talk"], 2),
        ] {
            let mut meeting = meeting(order);
            for step in 1..=steps {
                assert!(!are_going(&meeting), "{order:?} {step}");
                begin(&mut meeting);
            }
            assert!(Moods::default().going_begins(&meeting), "{order:?}");
        }
    }

    #[test]
    fn the_two_are_never_asked_at_once() {
        let mut meeting = meeting(&["checkout"]);
        begin(&mut meeting);
        assert!(are_coming(&meeting) && !are_going(&meeting));
        go(&mut meeting, Act::Pass { seat: SeatId(1) });
        end(&mut meeting);
        assert!(!are_coming(&meeting) && are_going(&meeting));
        assert_eq!(Moods::begun().open(), Some(Half::Coming));
    }

    #[test]
    fn a_circle_without_lines_reads_back_as_unasked() {
        let moods = Moods::default();
        assert_eq!((moods.open(), moods.line(Half::Coming)), (None, Line::Unasked));
        let text = serde_json::to_string(&Moods::begun()).expect("it is written");
        assert_eq!(serde_json::from_str::<Moods>(&text).expect("it reads back"), Moods::begun());
    }
}
