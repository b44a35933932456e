//! `sameboat check`.

use storekit::AboutServer;

use crate::cli::{change_key, proxy, said};
use crate::config::{Given, Settings};
use crate::{disk, groups, people, start};

/// How much room is left, and what that means.
fn room(settings: &Settings) -> anyhow::Result<String> {
    let Some(folder) = &settings.disk else {
        return Ok(
            "not known, since PostgreSQL does not say. If its files lie on this machine, name \
                   their folder as `disk` in the settings file; else watch that disk yourself."
                .to_owned(),
        );
    };
    let percent = disk::room(folder)?.percent();
    let at = folder.display();
    Ok(match disk::is_low(settings) {
        false => format!("{percent} % of the one with {at} is free."),
        true => format!(
            "only {percent} % of the one with {at} is free. Until it is {} %, nobody can join, and \
             long pages and drafts are not kept.",
            settings.keep_free
        ),
    })
}

/// Says what is good, and stops at the first thing that is not.
pub async fn run(given: Given) -> anyhow::Result<()> {
    let published = given.url.is_some();
    let settings = Settings::check(given)?;
    println!("Settings: good. Address: {}", settings.url);
    match &settings.host {
        Some(host) => println!("Host card: {}", host.who),
        None => println!("Host card: missing, so joining is closed (docs/operate.md)."),
    }
    let app = start::open(settings).await?;
    println!("Database and instance key: good, and they belong together.");
    if !app.db.read(people::is_there_anybody).await? {
        println!("The database is empty: nobody has joined yet.");
    }
    if let Some(server) = app.db.about_server().await? {
        tell_server(&server).iter().for_each(|line| println!("{line}"));
    }
    change_key::tell_hanging(&app.db, app.keys.numbers().collect()).await?;
    let waiting = app.db.read_long(groups::count_waiting_turns).await.map_err(said)?;
    if waiting > 0 {
        println!("Groups that have not turned their key since you asked: {waiting}.");
    }
    app.db.close().await;
    println!("Disk: {}", room(&app.settings)?);
    if published {
        println!("Proxy: {}", proxy::try_it(&app.settings).await?);
    } else {
        println!("Proxy: not tried. Name the address that people use with --url.");
    }
    Ok(())
}

/// Whether what was answered with success outlives the server, as far as it can be seen from here.
fn tell_server(server: &AboutServer) -> Vec<String> {
    let hosts = match server.hosts {
        1 => "The address names one host".to_owned(),
        count => {
            format!("The address names {count} hosts, of which the one that takes writes is used")
        }
    };
    let mut lines = vec![format!("PostgreSQL {}. {hosts}.", server.version)];
    lines.push(match (&*server.synchronous_commit, &*server.synchronous_standby_names) {
        (_, "") => {
            "Nobody but this server has a write when it is answered: if another one takes its \
             place, the last writes are gone (docs/operate.md, section 5)."
                .to_owned()
        }
        ("local", names) => format!(
            "synchronous_commit is local: a write is answered before {names} has it. Set it to on."
        ),
        (_, names) => format!("A write is answered when another server has it: {names}."),
    });
    if server.patroni {
        lines.push(
            "Patroni runs there. Its version can't be seen from here: ask patronictl version. 3.0.2, as \
             in Debian 12, may lose writes that were answered (docs/operate.md, section 5)."
                .to_owned(),
        );
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(commit: &str, names: &str, patroni: bool, hosts: usize) -> String {
        let server = AboutServer {
            version: "15.18".into(),
            hosts,
            synchronous_commit: commit.into(),
            synchronous_standby_names: names.into(),
            patroni,
        };
        tell_server(&server).join("\n")
    }

    #[test]
    fn who_else_has_a_write_when_it_is_answered_is_said() {
        assert!(said("on", "", false, 1).contains("the last writes are gone"));
        assert!(said("local", "two", false, 3).contains("is answered before two has it"));
        let good = said("on", "two", true, 3);
        assert!(good.contains("when another server has it: two."), "{good}");
        assert!(good.contains("names 3 hosts") && good.contains("3.0.2"), "{good}");
    }
}
