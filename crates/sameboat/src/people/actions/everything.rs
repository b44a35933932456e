use storekit::Tx;

use super::{about, begun};
use crate::access::Person;
use crate::error::Outcome;
use crate::ids::SignInId;
use crate::people::events::{self, Line};
use crate::people::model::Device;
use crate::people::store;

/// All that this room keeps about a person, as they read it.
pub struct Everything {
    /// Their sign-in name.
    pub name: String,
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
    /// When it began (microseconds UTC).
    pub begun: i64,
    /// When it ends at the latest (microseconds UTC).
    pub limit_at: i64,
}

/// All that this room keeps about a person.
pub fn everything(tx: &mut Tx<'_>, person: &Person) -> Outcome<Everything> {
    let rows = store::list_sign_ins(tx, person)?;
    let sign_ins = rows.into_iter().map(|row| {
        let begun = begun(person, &row)?;
        Ok(OpenSignIn { id: row.id, device: row.device, begun, limit_at: row.limit_at })
    });
    Ok(Everything {
        sign_ins: sign_ins.collect::<Outcome<Vec<_>>>()?,
        name: about(tx, person.id(), person.key())?.name,
        joined_day: store::get_person(tx, person.id())?.joined_day,
        sheet: store::has_recovery(tx, person)?,
        lines: events::list(tx, person)?,
    })
}
