use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use seal::RecoveryCode;

use crate::access::Person;
use crate::app::App;
use crate::error::{FieldIssue, Outcome, Refusal, Stop};
use crate::people::actions::{self, ByCode, Joined};
use crate::people::model::{self, Device};
use crate::people::pages::prove::prove;
use crate::people::pages::sign_in::landing;
use crate::people::pages::{proposal, remembered, signed_in, wrap};
use crate::web::limits::Client;
use crate::web::{Answer, Form, Page, show, show_with};

/// The recovery sheet, shown once.
#[derive(Template)]
#[template(path = "people/pages/sheet.html")]
pub struct Sheet {
    page: Page,
    title: &'static str,
    name: String,
    passphrase: Option<String>,
    code: Option<String>,
    renamed: Option<&'static str>,
    on: String,
}

impl Sheet {
    /// What somebody sees who has just joined.
    pub fn joined(page: Page, joined: &Joined, passphrase: &str, to: &str) -> Sheet {
        let on = landing(to).to_owned();
        Sheet { on, ..Sheet::of(page, "sheet-joined", joined, Some(passphrase)) }
    }

    fn on_key(&self) -> &'static str {
        if self.on == landing("/") { "sheet-on" } else { "sheet-on-elsewhere" }
    }

    /// What somebody sees whose keys were changed.
    pub fn renewed(page: Page, joined: &Joined, passphrase: &str) -> Sheet {
        Sheet::of(page, "sheet-renewed", joined, Some(passphrase))
    }

    fn of(page: Page, title: &'static str, joined: &Joined, passphrase: Option<&str>) -> Sheet {
        Sheet {
            page,
            title,
            name: joined.name.clone(),
            passphrase: passphrase.map(str::to_owned),
            code: joined.code.as_ref().map(printed),
            renamed: joined.renamed,
            on: landing("/").to_owned(),
        }
    }
}

fn printed(code: &RecoveryCode) -> String {
    code.print().to_string()
}

#[derive(Template)]
#[template(path = "people/pages/recovery.html")]
struct RecoveryPage {
    page: Page,
    code: String,
    passphrase: String,
    own: bool,
    device: bool,
}

pub async fn form(State(app): State<App>, page: Page) -> Answer {
    let own = page.asked("own");
    let passphrase = if own { String::new() } else { proposal(&app) };
    show(&RecoveryPage { page, code: String::new(), passphrase, own, device: false })
}

pub async fn recover(State(app): State<App>, client: Client, page: Page, form: Form) -> Answer {
    let device = Device::from_tick(form.has("device"));
    match try_recover(&app, client, &form, device).await {
        Ok(joined) => {
            let passphrase = Some(form.text("passphrase"));
            let answer = show(&Sheet::of(page, "sheet-recovered", &joined, passphrase))?;
            let answer = signed_in(&app, answer, &joined.secret, device);
            Ok(remembered(&app, answer, &joined.name, device))
        }
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            let again = RecoveryPage {
                page: page.with_issues(issues),
                code: form.text("code").to_owned(),
                passphrase: form.text("passphrase").to_owned(),
                own: form.has("own"),
                device: form.has("device"),
            };
            show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(stop) => Err(stop),
    }
}

/// Codes are long enough that tries need no slowing down.
async fn try_recover(app: &App, client: Client, form: &Form, device: Device) -> Outcome<Joined> {
    let unknown = || FieldIssue::only("code", "recovery-code-unknown");
    let code = RecoveryCode::parse(form.text("code"));
    let code = code.map_err(|_| FieldIssue::only("code", "recovery-code-issue"))?;
    let id = code.row_id();
    let lock = app.db.read(move |tx| actions::find_code(tx, &id)).await?;
    let by = lock.and_then(|lock| ByCode::open(&code, &lock)).ok_or_else(unknown)?;
    let (here, asked) = (app.clone(), by.clone());
    let word = app.db.write(move |tx| actions::word_of(tx, &here.keys, &asked)).await?;
    let word = word.ok_or_else(unknown)?;
    let known: Vec<&str> = Some(&*word).into_iter().filter(|word| !word.is_empty()).collect();
    let passphrase = model::new_passphrase(form.text("passphrase"), &known);
    let passphrase = passphrase.map_err(|issue| Refusal::Fields(vec![issue]))?;
    // Whose code opened something stands in a place of their own.
    let client = client.with_own(app.limits.own_place(by.person.bytes()));
    let keys = wrap(app, client, by.person, by.key.clone(), passphrase).await?;
    let (here, once) = (app.clone(), form.once);
    app.db.write(move |tx| actions::recover(tx, &here.keys, (&by, &keys), device, once)).await
}

#[derive(Template)]
#[template(path = "people/pages/new_sheet.html")]
struct NewSheetPage {
    page: Page,
}

pub async fn sheet_form(page: Page) -> Answer {
    show(&NewSheetPage { page })
}

/// A new sheet. It asks for the passphrase: an unattended device must not be enough to take a
/// sign-in over.
pub async fn new_sheet(
    State(app): State<App>,
    client: Client,
    person: Person,
    page: Page,
    form: Form,
) -> Answer {
    let proof = match prove(&app, client, &person, &form).await {
        Ok(proof) => proof,
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            let again = NewSheetPage { page: page.with_issues(issues) };
            return show_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
        }
        Err(stop) => return Err(stop),
    };
    let here = app.clone();
    let made = app.db.write(move |tx| actions::new_sheet(tx, &here.keys, &person, &proof)).await?;
    let (code, on) = (Some(printed(&made.code)), landing("/").to_owned());
    let (name, renamed) = (made.name, made.renamed);
    show(&Sheet { page, title: "sheet-new", name, passphrase: None, code, renamed, on })
}
