//! Every route and every kind of person: what it answers, committed as a table to read in review.

use std::fs;
use std::path::Path;

use axum::body::Body;
use axum::http::Method;
use sameboat::access::Access;
use sameboat::routes;

use crate::world::{Page, Who, World, example};

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/access_matrix.txt");
const HEAD: &str = "\
# What every route answers to every kind of person. Forms come with a good one-time key and nothing
# else, ids name things that are not there. Read every difference in review. To accept one:
# SAMEBOAT_ACCEPT=1 cargo nextest run -p sameboat every_route

";

#[tokio::test]
async fn every_route_answers_every_kind_of_person_as_the_table_says() {
    let world = World::new().await;
    let mut table = HEAD.to_owned();
    table +=
        &line(["", "route", "is for"].map(str::to_owned), Who::ALL.map(|w| w.name().to_owned()));
    for route in routes::all() {
        let mut cells = Vec::new();
        for who in Who::ALL {
            let page = answer(&world, who, &route.method, route.path).await;
            check(route.access, who, &route.method, &page);
            cells.push(cell(&page));
        }
        let first =
            [route.method.to_string(), route.path.to_owned(), format!("{:?}", route.access)];
        table += &line(first, cells);
    }
    compare(&table);
}

async fn answer(world: &World, who: Who, method: &Method, pattern: &str) -> Page {
    let mut browser = who.browser(world).await;
    let address = example(pattern);
    let request = if *method == Method::GET {
        browser.request(Method::GET, &address).body(Body::empty()).expect("an address")
    } else {
        let once = browser.once();
        let fields = vec![("once".to_owned(), once)];
        browser.form(&crate::world::Sending { post: true, action: address, fields })
    };
    browser.answer(request).await
}

/// What must hold whatever the table says.
fn check(access: Access, who: Who, method: &Method, page: &Page) {
    assert!(!page.status.is_server_error(), "{} fails for {who:?}", page.path);
    match (access, who) {
        (Access::Anyone, _) | (Access::SignedIn, Who::SignedIn) => {
            assert_ne!(page.status, 401, "{} is open to {who:?}", page.path);
        }
        (Access::SignedIn, Who::Nobody) => {
            let right = if *method == Method::GET { 303 } else { 401 };
            assert_eq!(page.status, right, "{} is not open to nobody", page.path);
        }
    }
}

fn cell(page: &Page) -> String {
    let to = page.headers.get("location").and_then(|to| to.to_str().ok());
    let to = to.map(|to| format!(" {to}")).unwrap_or_default();
    format!("{}{to}", page.status.as_u16())
}

fn line(first: [String; 3], rest: impl IntoIterator<Item = String>) -> String {
    let [method, route, access] = first;
    let rest: Vec<String> = rest.into_iter().map(|cell| format!("{cell:<36}")).collect();
    let line = format!("{method:<5}{route:<40}{access:<12}{}", rest.concat());
    format!("{}\n", line.trim_end())
}

#[expect(clippy::disallowed_methods, reason = "a person says so in the environment")]
fn compare(now: &str) {
    let then = fs::read_to_string(TABLE).unwrap_or_default();
    if then == now {
        return;
    }
    if std::env::var_os("SAMEBOAT_ACCEPT").is_some() {
        fs::write(Path::new(TABLE), now).expect("the table can be written");
        return;
    }
    let gone = then.lines().filter(|line| !now.lines().any(|other| other == *line));
    let new = now.lines().filter(|line| !then.lines().any(|other| other == *line));
    let lines = gone.map(|line| format!("- {line}")).chain(new.map(|line| format!("+ {line}")));
    let lines: Vec<String> = lines.collect();
    panic!("access_matrix.txt says otherwise:\n{}", lines.join("\n"));
}
