//! `cargo xtask wordpress`: the command line of [`tamis_tests::wordpress`].

use std::path::PathBuf;
use std::process::Stdio;

use lexopt::prelude::*;
use tamis_tests::wordpress::{self, Database, Options, Site, Version};

use crate::{Failure, Outcome, build};

const HELP: &str = "\
Boots real WordPress sites with Tamis in them, each in a folder of its own.

Usage: cargo xtask wordpress up --dir D [options]
       cargo xtask wordpress down --dir D [--delete]
       cargo xtask wordpress wp --dir D -- <arguments for WP-CLI>

  up     copies WordPress into D, installs it, activates Tamis and the fixtures, serves it on 127.0.0.1.
         D/site.json says how to reach it. A stopped site in D is replaced by a fresh one.
    --port P             the port; without it, or as 0, a free one
    --db sqlite|mariadb  where the data goes (sqlite)
    --wp 7.1|6.8         which WordPress (7.1)
    --define NAME=VALUE  a constant for wp-config.php, such as TAMIS_PROTECT=true; again for more
    --link               link to wordpress/ instead of copying it, to edit the plugin in the running site
    --no-extension       a host without the extension
    --no-plugin          a shop without Tamis
    --no-fixtures        without the fixture shop and the AI helper
  down   stops it. The files stay for a look at D/log, unless --delete is given.
  wp     runs WP-CLI with the site's PHP and extension.

To put your own plugin into a site, copy it to D/www/wp-content/plugins.
";

pub(crate) fn run(mut arguments: lexopt::Parser) -> Outcome {
    match arguments.next()? {
        None | Some(Short('h') | Long("help")) => {
            print!("{HELP}");
            Ok(())
        }
        Some(Value(command)) => match command.string()?.as_str() {
            "up" => up(arguments),
            "down" => down(arguments),
            "wp" => wp(arguments),
            other => Err(Failure::Usage(format!("`wordpress` has no command `{other}`"))),
        },
        Some(other) => Err(other.unexpected().into()),
    }
}

/// Reads a database's name.
pub(crate) fn database(name: &str) -> Result<Database, Failure> {
    match name {
        "sqlite" => Ok(Database::Sqlite),
        "mariadb" => Ok(Database::Mariadb),
        _ => Err(Failure::Usage("--db takes sqlite or mariadb".to_owned())),
    }
}

fn up(mut arguments: lexopt::Parser) -> Outcome {
    let mut options = Options::new("");
    let mut with_extension = true;
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("dir") => options.dir = arguments.value()?.into(),
            Long("port") => options.port = arguments.value()?.parse()?,
            Long("db") => options.database = database(&arguments.value()?.string()?)?,
            Long("wp") => {
                options.version = match arguments.value()?.string()?.as_str() {
                    "7.1" => Version::V7_1,
                    "6.8" => Version::V6_8,
                    _ => return Err(Failure::Usage("--wp takes 7.1 or 6.8".to_owned())),
                }
            }
            Long("define") => {
                let value = arguments.value()?.string()?;
                let (name, value) = value
                    .split_once('=')
                    .ok_or_else(|| Failure::Usage("--define takes NAME=VALUE".to_owned()))?;
                options = options.define(name, value);
            }
            Long("link") => options.link = true,
            Long("no-extension") => with_extension = false,
            Long("no-plugin") => options.plugin = false,
            Long("no-fixtures") => options.fixtures = false,
            Short('h') | Long("help") => {
                print!("{HELP}");
                return Ok(());
            }
            other => return Err(other.unexpected().into()),
        }
    }
    need_dir(&options.dir)?;
    options.extension = if with_extension { Some(build::extension()?) } else { None };
    let site = wordpress::up(&options)?;
    println!("WordPress {} on {} with {}", site.wordpress, site.database, engine(&site));
    println!("  site    {}/", site.url);
    println!("  admin   {}", site.admin_url);
    println!("  login   {}   password   {}", site.login, site.password);
    println!("  stop    cargo xtask wordpress down --dir {}", site.dir.display());
    Ok(())
}

/// What kind of host the site pretends to be.
pub(crate) fn engine(site: &Site) -> &'static str {
    if site.extension.is_some() { "the extension" } else { "no extension" }
}

fn down(mut arguments: lexopt::Parser) -> Outcome {
    let (mut dir, mut delete) = (PathBuf::new(), false);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("dir") => dir = arguments.value()?.into(),
            Long("delete") => delete = true,
            Short('h') | Long("help") => {
                print!("{HELP}");
                return Ok(());
            }
            other => return Err(other.unexpected().into()),
        }
    }
    need_dir(&dir)?;
    let site = Site::open(&dir)?;
    site.down()?;
    if delete {
        wordpress::remove_files(&site)?;
    }
    Ok(())
}

fn wp(mut arguments: lexopt::Parser) -> Outcome {
    let (mut dir, mut rest) = (PathBuf::new(), Vec::new());
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("dir") if rest.is_empty() => dir = arguments.value()?.into(),
            Short('h') | Long("help") if rest.is_empty() => {
                print!("{HELP}");
                return Ok(());
            }
            Value(first) => {
                rest.push(first);
                rest.extend(arguments.raw_args()?);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    need_dir(&dir)?;
    let status = Site::open(&dir)?.wp_command(rest).stdin(Stdio::inherit()).status()?;
    if status.success() { Ok(()) } else { Err(Failure::Told) }
}

fn need_dir(dir: &std::path::Path) -> Outcome {
    if dir.as_os_str().is_empty() {
        return Err(Failure::Usage("--dir is missing: name the site's folder".to_owned()));
    }
    Ok(())
}
