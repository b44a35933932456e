//! What stands in for the papers of a group whose every version is damaged or was taken away.

use jiff::civil::Date;

use super::{
    Aim, Earlier, End, Newcomers, Opening, Papers, Purpose, Rhythm, SafetyCard, Shape, Version,
    VersionState, Way,
};
use crate::ids::MemberId;

/// What is shown for words that nobody can read any more.
const LOST: &str = "?";

impl Version {
    /// Papers of which nothing is left. Nobody has a founder's powers by them, and they open nothing
    /// earlier; anybody can propose new ones, and everybody is asked.
    pub fn lost() -> Version {
        let text = || LOST.to_owned();
        let purpose = Purpose { who: text(), what_for: text(), not_for: text(), aim: Aim::Live };
        let shape = Shape {
            rhythm: Rhythm::ByAgreement,
            weekday: None,
            time: None,
            zone: "UTC".to_owned(),
            minutes: 90,
            way: Way::Room,
            place: text(),
            most: 30,
            newcomers: Newcomers::Open,
            end: End::Review(Date::default()),
        };
        let safety = SafetyCard { country: String::new(), lines: Vec::new(), confirmed: 0 };
        let (earlier, clauses) = (Earlier::Never, Vec::new());
        let (inside, outside) = (text(), text());
        let papers = Papers { inside, outside, purpose, shape, safety, earlier, clauses };
        Version {
            number: 0,
            state: VersionState::Holds,
            day: 0,
            made: 0,
            by: MemberId::from([0; 16]),
            draft: false,
            begun: 0,
            ended: None,
            papers,
            openings: vec![Opening { epoch: 1, earlier }],
            said: Vec::new(),
            spoke: Vec::new(),
        }
    }

    /// Whether it stands in for papers of which nothing is left.
    pub fn is_lost(&self) -> bool {
        self.number == 0
    }
}
