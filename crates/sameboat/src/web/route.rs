//! A route and its audience. Without an audience a route does not compile.

use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on};

use crate::access::Access;
use crate::app::App;

/// One way into the application.
pub struct Route {
    /// `GET` or `POST`.
    pub method: Method,
    /// The pattern of its address, say `/notebook/{page}`.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
    /// What answers.
    pub service: MethodRouter<App>,
}

/// A page to look at: changes nothing.
pub fn get<H, T>(path: &'static str, access: Access, handler: H) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    Route { method: Method::GET, path, access, service: on(MethodFilter::GET, handler) }
}

/// Something to do.
pub fn post<H, T>(path: &'static str, access: Access, handler: H) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    Route { method: Method::POST, path, access, service: on(MethodFilter::POST, handler) }
}
