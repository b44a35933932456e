use crate::labels::FORMAT;
use crate::parts::{add_option, join};

/// Where a value stands. It opens only there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// A fixed name that belongs to the type of the value, such as `sharing.words`;
    /// not a table or column, since those change. Never used again for another type.
    pub label: &'static str,
    /// The id of the group, or of the person.
    pub scope: &'a [u8],
    /// The id of the row.
    pub row: &'a [u8],
    /// The member id of who wrote it, if the value has a writer.
    pub writer: Option<&'a [u8]>,
}

impl Place<'_> {
    /// The associated data: each part with its length before it.
    pub(crate) fn associated(&self, header: &[u8]) -> Vec<u8> {
        let mut out =
            join(&[FORMAT.as_bytes(), header, self.label.as_bytes(), self.scope, self.row]);
        add_option(&mut out, self.writer);
        out
    }
}
