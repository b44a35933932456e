//! What people do with what they share.

mod answers;
mod hiding;
mod mine;
mod offers;
mod readers;
mod shares;
mod worries;

pub use answers::{
    Answer, Answers, NewAnswer, answer, answer_form, answers_of, heard, say_me_too,
    take_answer_back, take_me_too_back,
};
pub use hiding::{forget_hidden, hide, reseal_hidden, show_again};
pub use mine::{mine, remove_all_of, reseal, take_back};
pub use offers::{Offered, is_declined, offer, offers_to_me, said_to, say_to_offer};
pub use readers::Door;
pub use shares::{
    Mend, New, Page, Share, Typed, add, get, keep_draft, list, may_mend, mend, must_be_as_read,
    new_form, people, take_out, to_me,
};
pub use worries::{About, Ear, NewWorry, Worry, ear, seen_to, tell, worries};
