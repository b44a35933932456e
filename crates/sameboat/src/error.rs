//! What stops an action: a [`Refusal`] is normal life and has words that a person can act on;
//! a [`Fault`] is a bug or an outage, logged once at the boundary.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// What most functions give back.
pub type Outcome<T> = Result<T, Stop>;

/// Why an action did not happen.
#[derive(Debug)]
pub enum Stop {
    /// Normal life.
    Refused(Refusal),
    /// A bug or an outage.
    Failed(Fault),
}

/// Normal life: something that the person can mend, or may not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Not there, or not for this person to know.
    NotFound,
    /// Known, but not allowed: the key of the sentence that says why.
    NotAllowed(&'static str),
    /// Fields to mend.
    Fields(Vec<FieldIssue>),
    /// Somebody was faster, or the moment has passed: the key of the sentence.
    Conflict(&'static str),
    /// Too many at once: the key of the sentence.
    Busy(&'static str),
    /// The same form came twice; nothing was doubled.
    Repeated,
    /// The sign-in is over.
    SignedOut,
    /// A form that did not come from one of our pages, or from an older sign-in.
    Stale,
    /// More than a page may carry.
    TooLarge,
    /// No room for this, here or on the disk: the key of the sentence.
    Full(&'static str),
}

/// A field and the key of the sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldIssue {
    /// The field's name in the form.
    pub field: &'static str,
    /// The key of the sentence beside it.
    pub key: &'static str,
}

impl FieldIssue {
    /// One field to mend, as a refusal.
    pub fn only(field: &'static str, key: &'static str) -> Stop {
        Stop::Refused(Refusal::Fields(vec![FieldIssue { field, key }]))
    }
}

/// A bug or an outage.
#[derive(Debug)]
pub struct Fault {
    /// What a person is told of it.
    pub kind: FaultKind,
    source: anyhow::Error,
}

/// What kind of outage a person is told about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// A bug, or something nobody foresaw.
    Unforeseen,
    /// The disk is full or read-only: nothing can be kept just now.
    CannotKeep,
    /// The database does not answer.
    Away,
    /// It did not answer while something was to be kept: it may be kept or not.
    Unsure,
    /// A row does not open: a failing disk, or somebody who writes to the database, changed it.
    Damaged,
}

impl Fault {
    /// A fault with its chain.
    pub fn new(source: impl Into<anyhow::Error>) -> Self {
        Fault { kind: FaultKind::Unforeseen, source: source.into() }
    }

    /// Nobody answered in time, and what was asked for may be done or not.
    pub fn unsure(what: &'static str) -> Self {
        Fault { kind: FaultKind::Unsure, ..Fault::because(what) }
    }

    /// Nobody answered in time, and nothing was to be kept.
    pub fn away(what: &'static str) -> Self {
        Fault { kind: FaultKind::Away, ..Fault::because(what) }
    }

    /// A row that does not open; the sentence is for the log.
    pub fn damaged(what: &'static str) -> Self {
        Fault { kind: FaultKind::Damaged, ..Fault::because(what) }
    }

    /// A fault that a sentence describes; the sentence is for the log and holds nobody's words.
    pub fn because(what: &'static str) -> Self {
        Fault::new(anyhow::anyhow!(what))
    }

    /// Whether it comes of an error of this kind.
    pub fn is<E: std::error::Error + Send + Sync + 'static>(&self) -> bool {
        self.source.is::<E>()
    }

    /// The whole chain, outermost first, for the log.
    pub fn chain(&self) -> String {
        format!("{:#}", self.source)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Stop::Refused(refusal)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Stop::Failed(fault)
    }
}

impl From<storekit::Error> for Fault {
    fn from(error: storekit::Error) -> Self {
        let kind = match error {
            storekit::Error::Full | storekit::Error::ReadOnly => FaultKind::CannotKeep,
            storekit::Error::Busy | storekit::Error::Closed | storekit::Error::Lost(_) => {
                FaultKind::Away
            }
            storekit::Error::Unsure(_) => FaultKind::Unsure,
            _ => FaultKind::Unforeseen,
        };
        Fault { kind, source: error.into() }
    }
}

impl From<storekit::Error> for Stop {
    fn from(error: storekit::Error) -> Self {
        Stop::Failed(error.into())
    }
}

impl From<askama::Error> for Stop {
    fn from(error: askama::Error) -> Self {
        Stop::Failed(Fault::new(error))
    }
}

/// Sealed words that do not open are a fault: the key was right, so the row was changed.
impl From<seal::OpenError> for Stop {
    fn from(error: seal::OpenError) -> Self {
        Stop::Failed(Fault { kind: FaultKind::Damaged, ..Fault::new(error) })
    }
}

/// What travels from a handler to the layer that makes the page about it.
#[derive(Debug, Clone)]
pub enum Trouble {
    /// A refusal to put into words.
    Refused(Refusal),
    /// A fault, already logged.
    Failed(FaultKind),
}

impl Refusal {
    /// The status that goes with it.
    pub fn status(&self) -> StatusCode {
        match self {
            Refusal::NotFound => StatusCode::NOT_FOUND,
            Refusal::NotAllowed(_) | Refusal::Stale => StatusCode::FORBIDDEN,
            Refusal::Fields(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Refusal::Conflict(_) | Refusal::Repeated => StatusCode::CONFLICT,
            Refusal::Busy(_) => StatusCode::TOO_MANY_REQUESTS,
            Refusal::SignedOut => StatusCode::UNAUTHORIZED,
            Refusal::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::Full(_) => StatusCode::INSUFFICIENT_STORAGE,
        }
    }
}

impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        let (status, trouble) = match self {
            Stop::Refused(refusal) => (refusal.status(), Trouble::Refused(refusal)),
            Stop::Failed(fault) => {
                tracing::error!(fault = fault.chain(), "a request failed");
                let status = match fault.kind {
                    FaultKind::Unforeseen | FaultKind::Damaged => StatusCode::INTERNAL_SERVER_ERROR,
                    FaultKind::CannotKeep => StatusCode::INSUFFICIENT_STORAGE,
                    FaultKind::Away | FaultKind::Unsure => StatusCode::SERVICE_UNAVAILABLE,
                };
                (status, Trouble::Failed(fault.kind))
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(trouble);
        response
    }
}
