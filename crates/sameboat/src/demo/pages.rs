use axum::extract::{Path, State};
use axum::http::header;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use seal::SignInSecret;

use crate::access;
use crate::app::App;
use crate::error::Refusal;
use crate::people::Device;
use crate::web::{Answer, go};

/// Sets the cookie of a sign-in that was made at the start.
pub async fn enter(State(app): State<App>, Path(secret): Path<String>) -> Answer {
    let bytes = URL_SAFE_NO_PAD.decode(secret).ok().and_then(|b| <[u8; 32]>::try_from(b).ok());
    let secret = SignInSecret::from_bytes(bytes.ok_or(Refusal::NotFound)?);
    let mut response = go("/groups")?;
    for cookie in access::sign_in_cookies(&app, &secret, Device::Own) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
