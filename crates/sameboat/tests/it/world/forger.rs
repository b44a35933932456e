//! Somebody who can write to the database, and lacks the instance key and every member's secret:
//! what they can make out of the public keys and ids that stand there.

use seal::{
    Chance, Envelope, EnvelopeFrom, EnvelopeTo, Id, MemberPublic, MemberSecret, Place, Roster,
    envelope_box,
};
use serde_json::Value as Json;
use storekit::{Row, Value, sql};

use super::World;

/// What stands in one group's rows, and a secret of the forger's own.
pub struct Forger {
    /// The group's id.
    pub group: Id,
    /// Its current epoch.
    pub epoch: u32,
    /// The members' ids in the order of coming.
    pub members: Vec<Id>,
    roster: Vec<(Id, MemberPublic)>,
    secret: MemberSecret,
}

/// Where forged words are to stand: their label, their row, and as whose.
#[derive(Clone, Copy)]
pub struct As {
    /// The label.
    pub label: &'static str,
    /// The row's id.
    pub row: Id,
    /// The member whose words they are to seem; also whose box.
    pub writer: Id,
    /// Whether the writer stands beside the words.
    pub named: bool,
}

fn chance<T>(make: impl FnOnce(&mut Chance<'_>) -> T) -> T {
    let mut next = 0_u8;
    let mut fill = |bytes: &mut [u8]| {
        for byte in bytes {
            next = next.wrapping_mul(5).wrapping_add(113);
            *byte = next;
        }
    };
    make(&mut Chance::new(&mut fill))
}

impl Forger {
    /// Reads what stands in clear about the only group.
    pub async fn of(world: &World) -> Forger {
        let epochs = sql!("SELECT group_id, number, roster FROM epoch ORDER BY number DESC");
        let epochs = world.ask(epochs).await;
        let row = epochs.first().expect("an epoch");
        let roster: Vec<u8> = row.get("roster").expect("a roster");
        let roster = Roster::parse(&roster).expect("a roster");
        let members = world.ask(sql!("SELECT member_id FROM member ORDER BY number")).await;
        Forger {
            group: row.get("group_id").expect("an id"),
            epoch: u32::try_from(row.get::<i64>("number").expect("a number")).expect("small"),
            members: members.iter().map(|row| row.get("member_id").expect("an id")).collect(),
            roster: roster.members().to_vec(),
            secret: MemberSecret::from_bytes([7; 32]),
        }
    }

    /// The same, with the secret of a member who helps them.
    pub fn helped_by(mut self, secret: MemberSecret) -> Forger {
        self.secret = secret;
        self
    }

    /// Words under a key of their own, and that key in a box for each of these.
    pub fn seal(&self, to_be: &As, words: &Json, readers: &[Id]) -> (Vec<u8>, Vec<Vec<u8>>) {
        let bytes = words.to_string().into_bytes();
        let writer = Some(to_be.writer.as_slice()).filter(|_| to_be.named);
        let place = Place { label: to_be.label, scope: &self.group, row: &to_be.row, writer };
        chance(|c| {
            let (envelope, words) = Envelope::seal(&place, &bytes, c);
            let from = EnvelopeFrom { member: to_be.writer, epoch: self.epoch };
            let boxes = readers.iter().map(|reader| {
                let public = self.roster.iter().find(|(id, _)| id == reader);
                let public = public.expect("their public key stands in the roster").1;
                let to = EnvelopeTo { group: &self.group, item: &to_be.row, member: reader };
                let sender = (&from, &self.secret);
                envelope_box(sender, (&to, &public), &envelope, c).expect("a good key")
            });
            let boxes = boxes.collect();
            (words.into_bytes(), boxes)
        })
    }

    /// The same, with the boxes put among the envelopes.
    pub async fn post(&self, world: &World, to_be: &As, words: &Json, readers: &[Id]) -> Vec<u8> {
        let (words, boxes) = self.seal(to_be, words, readers);
        for (reader, boxed) in readers.iter().zip(boxes) {
            self.envelope(world, (&to_be.row, reader), boxed).await;
        }
        words
    }

    /// Puts an envelope there, whatever is in it.
    pub async fn envelope(&self, world: &World, (item, reader): (&Id, &Id), bytes: Vec<u8>) {
        let row = [&self.group[..], item, reader].map(|id| Value::Blob(id.to_vec()));
        let row = row.into_iter().chain([Value::Blob(bytes)]).collect();
        world
            .put(
                sql!(
                    "INSERT INTO envelope (group_id, item_id, member_id, boxed, bytes)
                     VALUES ($1, $2, $3, 1, $4)
                     ON CONFLICT (group_id, item_id, member_id)
                     DO UPDATE SET boxed = 1, bytes = excluded.bytes"
                ),
                row,
            )
            .await;
    }
}

/// A value for a place of a statement.
pub fn blob(bytes: &[u8]) -> Value {
    Value::Blob(bytes.to_vec())
}

/// An id as it stands in sealed words.
pub fn hex(id: &Id) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An id as it stands in an address.
pub fn id_of(address: &str) -> Id {
    let text = address.rsplit('/').next().expect("an id");
    let bytes = (0..16).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16));
    let bytes: Result<Vec<u8>, _> = bytes.collect();
    bytes.expect("an id").try_into().expect("16 bytes")
}

impl World {
    /// Somebody writes to the database.
    pub async fn put(&self, sql: storekit::Sql, values: Vec<Value>) {
        let changed = self.app.db.write(move |tx| tx.exec(sql.clone(), &values)).await;
        assert!(changed.expect("somebody writes to the database") > 0);
    }

    /// Somebody reads the database.
    pub async fn ask(&self, sql: storekit::Sql) -> Vec<Row> {
        let rows = self.app.db.read(move |tx| tx.all(sql.clone(), &[])).await;
        rows.expect("somebody reads the database")
    }
}
