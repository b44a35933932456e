//! Who may look where.

use std::collections::BTreeSet;

use super::looks::looks;
use super::source::{File, pattern, rust};

/// Folders that are no rooms.
const SERVICES: [&str; 6] = ["web", "ui", "mail", "jobs", "gone", "instance_key"];
/// Rooms on the ground floor: they use no other room.
const GROUND: [&str; 2] = ["people", "groups"];
/// Rooms on the top floor: they may look at all, and nobody looks at them.
const TOP: [&str; 10] = [
    "founding",
    "joining",
    "today",
    "demo",
    "notices",
    "agency",
    "archive",
    "me",
    "renewal",
    "returning",
];
/// What joins everything together, and so looks at all.
const WIRING: [&str; 11] = [
    "app",
    "backup",
    "cli",
    "kept",
    "key_change",
    "lib",
    "main",
    "routes",
    "standing",
    "start",
    "tasks",
];
/// What a pure rule may use besides models: ids, lengths of time, the sentence for a field.
const PURE: [&str; 3] = ["ids", "clock", "error"];

fn rooms(all: &[File]) -> BTreeSet<String> {
    let folders = all.iter().filter_map(|file| file.path.strip_suffix("/mod.rs"));
    let rooms = folders.filter(|folder| !folder.contains('/') && !SERVICES.contains(folder));
    rooms.map(str::to_owned).collect()
}

/// A file and what the rules ask about it.
struct Place<'a> {
    file: &'a File,
    /// The first folder, or the name of a file that lies in none.
    top: &'a str,
    /// What it is in its room: `store` for `people/store.rs` and `people/store/rows.rs`.
    part: &'a str,
}

impl<'a> Place<'a> {
    fn of(file: &'a File) -> Place<'a> {
        let mut names = file.path.trim_end_matches(".rs").split('/');
        let top = names.next().unwrap_or_default();
        Place { file, top, part: names.next().unwrap_or("mod") }
    }
}

/// What each room's face shows of its model: those are pure, wherever they are used.
fn shown_models(all: &[File]) -> BTreeSet<String> {
    let list = pattern(r"pub use model::(?:\{([^}]*)\}|(\w+));");
    let mut shown = BTreeSet::new();
    for file in all.iter().filter(|file| file.path.ends_with("/mod.rs")) {
        let room = file.path.trim_end_matches("/mod.rs");
        for found in list.captures_iter(&file.code()) {
            let names = found.get(1).or(found.get(2)).expect("one of them").as_str();
            let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
            shown.extend(names.map(|name| format!("{room}::{name}")));
        }
    }
    shown
}

/// The rooms, and what they show of their models.
struct House {
    rooms: BTreeSet<String>,
    models: BTreeSet<String>,
}

fn wrong(place: &Place<'_>, look: &str, house: &House) -> Option<&'static str> {
    let rooms = &house.rooms;
    let mut names = look.split("::");
    let (target, inner) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
    let own = target == place.top;
    let a_room = rooms.contains(target);
    let another_room = a_room && !own;
    let inside = ["model", "store", "actions", "pages"].contains(&inner);
    if WIRING.contains(&place.top) {
        return None;
    }
    if another_room && inside && inner != "model" {
        return Some("rooms are seen through their mod.rs only");
    }
    if another_room && TOP.contains(&target) && !TOP.contains(&place.top) {
        return Some("nobody looks at a room on the top floor");
    }
    if !rooms.contains(place.top) {
        return outside(place, target, a_room);
    }
    if GROUND.contains(&place.top) && another_room {
        return Some("a room on the ground floor uses no other room");
    }
    match place.part {
        "model" => {
            let model = a_room && inner == "model" || house.models.contains(look);
            (!model && !PURE.contains(&target)).then_some("a model sees only models and ids")
        }
        "store" => {
            let fits = own && !["actions", "pages"].contains(&inner)
                || ["access", "ids", "clock"].contains(&target)
                || a_room && inner == "model"
                || house.models.contains(look);
            (!fits).then_some("a store sees its own model, storekit and the scopes of access")
        }
        "actions" => {
            let once = target == "web" && inner == "Once";
            let http = ["web", "ui"].contains(&target) && !once;
            (http || own && inner == "pages").then_some("an action knows no page and no HTTP")
        }
        _ => None,
    }
}

/// Files that lie in no room: services and what everybody stands on.
fn outside(place: &Place<'_>, target: &str, a_room: bool) -> Option<&'static str> {
    let knows_people = ["web", "access"].contains(&place.top);
    let grounded = GROUND.contains(&target);
    (a_room && !(knows_people && grounded)).then_some("it stands below the rooms")
}

#[test]
fn everybody_looks_only_where_they_may() {
    let all = rust();
    let house = House { rooms: rooms(&all), models: shown_models(&all) };
    assert!(house.rooms.contains("people") && house.models.contains("people::Device"));
    let mut broken = Vec::new();
    for file in &all {
        let place = Place::of(file);
        for look in looks(file) {
            if let Some(rule) = wrong(&place, &look, &house) {
                broken.push(format!("{} looks at {look}: {rule}", place.file.path));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn rules_and_rows_know_no_web() {
    let web = pattern(r"\b(axum|askama|tower|tower_http|hyper|http)::");
    let sql = pattern(r"\bstorekit::");
    for file in &rust() {
        let place = Place::of(file);
        let code = file.code();
        if ["model", "store", "actions"].contains(&place.part) {
            assert!(!web.is_match(&code), "{} knows the web", file.path);
        }
        if place.part == "model" {
            assert!(!sql.is_match(&code), "{} knows the database", file.path);
        }
    }
}

#[test]
fn only_stores_hold_sql() {
    let text = pattern(r#""\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM)\s"#);
    for file in &rust() {
        let place = Place::of(file);
        let store = file.path.split('/').any(|name| name == "store" || name == "store.rs");
        let code = file.code();
        if !store && place.top != "jobs" {
            assert!(!code.contains("sql!("), "{} holds a statement", file.path);
            assert!(!text.is_match(&code), "{} holds SQL", file.path);
        }
    }
}

#[test]
fn a_room_shows_its_face_and_not_its_files() {
    let open = pattern(r"\bpub(\([a-z]+\))? mod (model|store|actions|pages)\b");
    let all = rust();
    let faces = rooms(&all).into_iter().map(|room| format!("{room}/mod.rs"));
    let faces: BTreeSet<String> = faces.collect();
    for file in all.iter().filter(|file| faces.contains(&file.path)) {
        assert!(!open.is_match(&file.code()), "{} opens a drawer", file.path);
    }
}

#[test]
fn time_chance_environment_and_tasks_come_from_one_place_each() {
    let places = ["clock.rs", "random.rs", "start.rs", "tasks.rs"];
    for file in &rust() {
        if file.text.contains("clippy::disallowed_methods") {
            assert!(places.contains(&&*file.path), "{} reaches past its place", file.path);
        }
    }
}
