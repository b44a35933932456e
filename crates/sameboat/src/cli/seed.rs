//! `sameboat seed`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use seal::SignInSecret;

use crate::access;
use crate::app::App;
use crate::cli::{Keyed, said};
use crate::config::Settings;
use crate::demo::seed::{self, Founder, Size};
use crate::ids::GroupId;
use crate::people::{self, Device};
use crate::start;

/// Groups that one person founds: as many as the smallest keyring holds with room to spare.
const GROUPS_EACH: u32 = 50;
/// Groups that are made in one transaction.
const AT_ONCE: u32 = 10;

#[derive(Args)]
pub struct Seed {
    #[command(flatten)]
    keyed: Keyed,
    /// How many groups.
    #[arg(long, default_value_t = 100)]
    groups: u32,
    /// Members of each group.
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u32).range(2..=60))]
    members: u32,
    /// Shares in each group.
    #[arg(long, default_value_t = 50)]
    shares: u32,
    /// New file for one line a group: the cookies of its founder, a tab, its address.
    #[arg(long)]
    cookies: PathBuf,
}

/// Fills an empty database with made-up groups.
pub async fn run(asked: Seed) -> anyhow::Result<()> {
    let file = File::create_new(&asked.cookies)
        .with_context(|| format!("can't make {}", asked.cookies.display()))?;
    let mut file = BufWriter::new(file);
    let app = start::open(Settings::check(asked.keyed.into())?).await?;
    if app.db.read(people::is_there_anybody).await? {
        bail!("there are people in this database; seed fills empty ones only");
    }
    let size = Size { members: asked.members, shares: asked.shares };
    for first in (0..asked.groups).step_by(GROUPS_EACH as usize) {
        let founder = seed::founder(&app).await.map_err(said)?;
        let cookies = cookies(&app, &founder.secret)?;
        let count = GROUPS_EACH.min(asked.groups - first);
        for group in groups(&app, &founder, size, count).await? {
            writeln!(file, "{cookies}\t/g/{group}")?;
        }
    }
    file.flush()?;
    app.db.close().await;
    println!("{} groups of {} members, {} shares each", asked.groups, size.members, size.shares);
    Ok(())
}

async fn groups(
    app: &App,
    founder: &Founder,
    size: Size,
    count: u32,
) -> anyhow::Result<Vec<GroupId>> {
    let mut made = Vec::new();
    for first in (0..count).step_by(AT_ONCE as usize) {
        let (here, person) = (app.clone(), founder.person.clone());
        let now = AT_ONCE.min(count - first);
        let some = app.db.write(move |tx| {
            let group = |_| seed::group(tx, &here, &person, size).map(|member| member.group());
            (0..now).map(group).collect::<Result<Vec<_>, _>>()
        });
        made.extend(some.await.map_err(said)?);
    }
    Ok(made)
}

/// A `Cookie` header.
fn cookies(app: &App, secret: &SignInSecret) -> anyhow::Result<String> {
    let set = access::sign_in_cookies(app, secret, Device::Own);
    let pairs = set.iter().map(|line| Ok(line.to_str()?.split(';').next().unwrap_or_default()));
    Ok(pairs.collect::<anyhow::Result<Vec<_>>>()?.join("; "))
}
