//! Every route and every kind of person: what it answers, committed as a table to read in review.

use std::fs;
use std::path::Path;

use axum::body::Body;
use axum::http::Method;
use regex::Regex;
use sameboat::access::Access;
use sameboat::routes;

use crate::world::{Page, Scene, Sending, Who, World};

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/access_matrix.txt");
const HEAD: &str = "\
# What every route answers to every kind of person. Forms come with a good one-time key and nothing
# else; {group} is the founder's group, {meeting} for whoever only looks its open meeting, and all
# other ids name things that are not there.
# Read every difference in review. To accept one:
# SAMEBOAT_ACCEPT=1 cargo nextest run -p sameboat every_route

";

#[tokio::test]
async fn every_route_answers_every_kind_of_person_as_the_table_says() {
    let world = World::new().await;
    let scene = Scene::new(&world).await;
    let mut table = vec![["", "route", "is for"].map(str::to_owned).to_vec()];
    table[0].extend(Who::ALL.map(|who| who.name().to_owned()));
    for route in routes::all() {
        let (method, path) = (route.method.to_string(), route.path.to_owned());
        let mut line = vec![method, path, format!("{:?}", route.access)];
        for who in Who::ALL {
            let page = answer(&scene, who, &route.method, route.path).await;
            check(route.access, who, &route.method, &page);
            line.push(cell(&page));
        }
        table.push(line);
    }
    compare(&(HEAD.to_owned() + &in_columns(&table)));
}

async fn answer(scene: &Scene<'_>, who: Who, method: &Method, pattern: &str) -> Page {
    let mut browser = scene.browser(who).await;
    let request = if *method == Method::GET {
        let address = scene.address_to_look(pattern);
        browser.request(Method::GET, &address).body(Body::empty()).expect("an address")
    } else {
        let (address, once) = (scene.address(pattern), browser.once());
        let fields = vec![("once".to_owned(), once)];
        browser.form(&Sending { post: true, action: address, fields })
    };
    browser.answer(request).await
}

/// What must hold whatever the table says.
fn check(access: Access, who: Who, method: &Method, page: &Page) {
    assert!(!page.status.is_server_error(), "{} fails for {who:?}", page.path);
    let open = match access {
        Access::Anyone => true,
        Access::SignedIn => who != Who::Nobody,
        Access::Member => matches!(who, Who::Founder | Who::Member | Who::OnDuty),
    };
    let right: &[u16] = match (open, who, *method == Method::GET) {
        (true, ..) => {
            assert_ne!(page.status, 401, "{} is open to {who:?}", page.path);
            return;
        }
        (false, Who::Nobody, true) => &[303],
        (false, Who::Nobody, false) => &[401],
        // Who may not know of a thing is told that there is none.
        (false, _, _) => &[404],
    };
    let status = page.status.as_u16();
    assert!(right.contains(&status), "{} answers {status} to {who:?}", page.path);
}

fn cell(page: &Page) -> String {
    let ids = Regex::new("[0-9a-f]{32}").expect("a pattern");
    let to = page.headers.get("location").and_then(|to| to.to_str().ok()).unwrap_or_default();
    // Whoever only looked is shown the way in, and comes back to the same page.
    let back = format!("/sign-in?to={}", page.path);
    let to = if to == back { "sign in first".into() } else { ids.replace_all(to, "…") };
    format!("{} {to}", page.status.as_u16()).trim_end().to_owned()
}

fn in_columns(table: &[Vec<String>]) -> String {
    let width = |column: usize| table.iter().map(|line| line[column].len()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..table[0].len()).map(width).collect();
    let line = |line: &Vec<String>| {
        let cells = line.iter().zip(&widths);
        let text: String = cells.map(|(cell, width)| format!("{cell:<width$}  ")).collect();
        format!("{}\n", text.trim_end())
    };
    table.iter().map(line).collect()
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
