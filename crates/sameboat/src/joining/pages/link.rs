use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use seal::LinkSecret;

use crate::agreements::CardView;
use crate::app::App;
use crate::door;
use crate::error::Outcome;
use crate::web::{Answer, Page, cookies, go, show, show_with};

/// Seconds in which somebody reads, makes a sign-in and answers. After that the link can be
/// opened once more.
const AGE: i64 = 3 * 60 * 60;

/// A link's secret leaves the address bar at once: a cookie, then a clean address, whether it
/// opens anything or not.
pub async fn follow(Path(secret): Path<String>) -> Answer {
    let bytes: Option<[u8; 32]> =
        URL_SAFE_NO_PAD.decode(secret).ok().and_then(|bytes| bytes.try_into().ok());
    // Something that is no secret opens as little as one that is not ours.
    let bytes = bytes.unwrap_or([0; 32]);
    let cookie = cookies::set(cookies::INVITED, &cookies::encode(&bytes), Some(AGE));
    let mut response = go("/joining")?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// The link that this browser followed; one that opens nothing if it followed none.
pub fn followed(headers: &HeaderMap) -> LinkSecret {
    let bytes = cookies::bytes::<32>(headers, cookies::INVITED);
    LinkSecret::from_bytes(bytes.unwrap_or([0; 32]))
}

/// What the followed link opens.
pub async fn opened(app: &App, headers: &HeaderMap) -> Outcome<Option<door::Opened>> {
    let secret = followed(headers);
    let here = app.clone();
    app.db.read(move |tx| door::find_copy(tx, &here.keys, &secret)).await
}

#[derive(Template)]
#[template(path = "joining/pages/card.html")]
struct Card {
    page: Page,
    card: CardView,
}

#[derive(Template)]
#[template(path = "joining/pages/dead.html")]
struct Dead {
    page: Page,
}

/// Card and agreement, signed in or not.
pub async fn card(State(app): State<App>, headers: HeaderMap, page: Page) -> Answer {
    match opened(&app, &headers).await? {
        Some(opened) => {
            let door::Copy { papers, worker, .. } = opened.copy;
            let card = CardView { worker, ..CardView::for_guest(&page, &papers) };
            show(&Card { page, card })
        }
        None => dead(page),
    }
}

/// One page for unknown, used, taken back and ended links (P9).
pub fn dead(page: Page) -> Answer {
    show_with(StatusCode::NOT_FOUND, &Dead { page })
}
