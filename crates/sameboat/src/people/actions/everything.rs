use seal::InstanceKey;
use storekit::Tx;

use super::{begun, find_about};
use crate::access::Person;
use crate::error::Outcome;
use crate::ids::SignInId;
use crate::people::events::{self, Line};
use crate::people::model::Device;
use crate::people::store;

/// All that this room keeps about a person, as they read it.
pub struct Everything {
    /// Their sign-in name; nothing where it does not open.
    pub name: Option<String>,
    /// The day they joined (days since 1970, UTC).
    pub joined_day: i64,
    /// Whether they have a recovery sheet.
    pub sheet: bool,
    /// Where they are signed in.
    pub sign_ins: Vec<OpenSignIn>,
    /// What happened to their sign-ins, newest first.
    pub lines: Vec<Line>,
}

/// One device that is signed in.
pub struct OpenSignIn {
    /// Its id.
    pub id: SignInId,
    /// What they said of the device.
    pub device: Device,
    /// When it began (microseconds UTC); nothing where that does not open.
    pub begun: Option<i64>,
    /// When it ends at the latest (microseconds UTC).
    pub limit_at: i64,
}

/// All that this room keeps about a person.
pub fn everything(tx: &mut Tx<'_>, instance: &InstanceKey, person: &Person) -> Outcome<Everything> {
    let rows = store::list_sign_ins(tx, person)?;
    let sign_ins = rows.into_iter().map(|row| OpenSignIn {
        begun: begun(person, &row),
        id: row.id,
        device: row.device,
        limit_at: row.limit_at,
    });
    Ok(Everything {
        sign_ins: sign_ins.collect(),
        name: find_about(tx, person.id(), person.key())?.map(|about| about.name),
        joined_day: store::get_person(tx, person.id())?.joined_day,
        sheet: store::has_recovery(tx, person)?,
        lines: events::list(tx, instance, person)?,
    })
}
