//! `cargo xtask demo`: one order on its way from a real WordPress to a pretend AI provider and back.
//!
//! The demo is also a test: it fails when the provider saw what it must not see, or when the shop's page
//! does not show the real values. It looks at bytes; it must not ask Tamis whether all went well.

mod check;
mod show;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use lexopt::prelude::*;
use serde_json::{Value as Json, json};
use tamis_tests::http::Response;
use tamis_tests::provider::{Provider, Request};
use tamis_tests::wordpress::{self, Database, Guard, Leave, Options};

use crate::terminal::{Style, Terminal};
use crate::{Failure, Outcome, build};

const HELP: &str = "\
Boots a real WordPress with a shop, a careless AI plugin and Tamis; sends an order to a pretend AI provider
and shows what the plugin wrote, what the provider received, its reply, and the reply with the real values.
Fails when something left that must not leave.

Usage: cargo xtask demo [--serve] [--out DIR] [--mariadb] [--port P]

  --serve     stay up until Ctrl-C; prints the admin address and login
  --out DIR   write provider.jsonl, site.jsonl and events.json there
  --mariadb   keep the site's data in MariaDB instead of SQLite
  --port P    the site's port on 127.0.0.1; a free one if not given
";

/// The order that the AI helper's page is about.
const ORDER: &str = "1041";
/// The plugin's own key for the service; it must arrive as it is.
const OWN_KEY: &str = "sk-proj-9dTz2Kq8RmXw4VbN7cYh3LsJ6gPf5AeU1iOo0QxWyZtBnMk";
/// More than twice as many as the web server has workers, so that most meet one that is warm.
const FURTHER_CALLS: usize = 18;
/// WordPress sends the page before it has written its events.
const EVENTS_TIMEOUT: Duration = Duration::from_secs(5);

/// What one call left behind, on both sides of the wire.
pub(crate) struct Exchange {
    /// The body as the plugin wrote it.
    pub(crate) written: String,
    /// The request as the provider received it, with its raw reply.
    pub(crate) received: Request,
    /// The reply's body as the plugin got it.
    pub(crate) restored: String,
}

pub(crate) fn run(mut arguments: lexopt::Parser) -> Outcome {
    let (mut serve, mut out, mut database, mut port) = (false, None::<PathBuf>, Database::Sqlite, 0);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("serve") => serve = true,
            Long("out") => out = Some(arguments.value()?.into()),
            Long("mariadb") => database = Database::Mariadb,
            Long("port") => port = arguments.value()?.parse()?,
            Short('h') | Long("help") => {
                print!("{HELP}");
                return Ok(());
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let terminal = Terminal::detect();
    if let Some(dir) = &out {
        fs::create_dir_all(dir)?;
    }
    let provider = Provider::start("127.0.0.1:0")?;
    let site = boot(&provider, database, port)?;
    show::heading(terminal, &site, &provider);
    if let Some(dir) = &out {
        provider.record_to(&dir.join("provider.jsonl"))?;
    }

    let page = site.get("/support-answer/")?;
    let views = plugin_views(&site)?;
    let events = events(&site)?;
    if let Some(dir) = &out {
        write_out(dir, &provider, &views, &events)?;
        // The files tell of one exchange; what follows is for the clock.
        provider.stop_recording();
    }
    let exchange = exchange(&site, &provider, &views, &events)?;
    let secrets = check::secrets(ORDER)?;
    show::exchange(terminal, &exchange, &secrets);
    show::event(terminal, &events, usual_time(&site)?);
    let problems = problems(&exchange, &page, &events, &secrets);

    if serve {
        println!();
        println!("The site stays up until Ctrl-C.");
        println!("  admin   {}", site.admin_url);
        println!("  login   {}   password   {}", site.login, site.password);
        println!("  again   {}/support-answer/", site.url);
    }
    let verdict = tell(terminal, &problems, secrets.len(), out.as_deref());
    if serve {
        loop {
            // Ctrl-C ends this process; the site's watchdog then stops the site.
            std::thread::park();
        }
    }
    verdict
}

fn boot(provider: &Provider, database: Database, port: u16) -> Result<Guard, Failure> {
    let dir = std::env::temp_dir().join(format!("tamis-demo-{}", std::process::id()));
    let mut options = Options::new(&dir)
        .define("TAMIS_PROTECT", "true")
        .define("TAMIS_TEST_PROVIDER", &provider.addr().to_string())
        .define("AI_HELPER_URL", &provider.url("/v1/chat/completions"))
        .define("AI_HELPER_KEY", OWN_KEY)
        .define("AI_HELPER_LOG", &dir.join("log/ai-helper.jsonl").display().to_string());
    options.database = database;
    options.port = port;
    options.extension = Some(build::extension()?);
    Ok(wordpress::up(&options)?.stop_on_drop(Leave::Nothing)?)
}

/// The median time of further calls, in microseconds. The first call of a PHP process compiles the rules; a
/// shop that has been up for a while no longer does.
fn usual_time(site: &Guard) -> Result<Option<u64>, Failure> {
    for _ in 0..FURTHER_CALLS {
        site.get("/support-answer/")?;
    }
    let status = status(site)?;
    let events = status["events"].as_array().map_or(&[][..], Vec::as_slice);
    let mut times: Vec<u64> = events.iter().filter_map(|event| event["duration_us"].as_u64()).collect();
    times.sort_unstable();
    Ok(times.get(times.len() / 2).copied())
}

/// The plugin's own log: what it wrote, what it got.
fn plugin_views(site: &Guard) -> Result<Vec<Json>, Failure> {
    let text = fs::read_to_string(site.dir.join("log/ai-helper.jsonl")).unwrap_or_default();
    text.lines()
        .map(|line| {
            serde_json::from_str(line).map_err(|e| Failure::Failed(format!("the AI helper's log: {e}")))
        })
        .collect()
}

/// The answer of `wp tamis status`, as soon as it has the event.
fn events(site: &Guard) -> Result<Json, Failure> {
    let end = Instant::now() + EVENTS_TIMEOUT;
    loop {
        let status = status(site)?;
        let some = status["events"].as_array().is_some_and(|events| !events.is_empty());
        if some || Instant::now() > end {
            return Ok(status);
        }
    }
}

fn status(site: &Guard) -> Result<Json, Failure> {
    let text = site.wp_ok(["tamis", "status", "--format=json"])?;
    serde_json::from_str(&text)
        .map_err(|e| Failure::Failed(format!("`wp tamis status --format=json` is no JSON: {e}")))
}

fn exchange(site: &Guard, provider: &Provider, views: &[Json], events: &Json) -> Result<Exchange, Failure> {
    let requests = provider.requests();
    let view = views.last().ok_or_else(|| {
        Failure::Failed(format!("the page made no call; PHP's log says: {}", last_line(&site.php_log())))
    })?;
    let restored = view["restored"].as_str();
    let (Some(received), Some(restored)) = (requests.last(), restored) else {
        let event = show::last_event(events).unwrap_or(&Json::Null);
        return Err(Failure::Failed(format!(
            "the call did not come through: the plugin got {}; Tamis recorded {} ({}), policy {}; PHP's log says: {}",
            view["error"].as_str().unwrap_or("no error code"),
            event["action"].as_str().unwrap_or("no event"),
            event["reason"].as_str().unwrap_or("no reason"),
            events["policy"],
            last_line(&site.php_log())
        )));
    };
    Ok(Exchange {
        written: view["written"].as_str().unwrap_or_default().to_owned(),
        received: received.clone(),
        restored: restored.to_owned(),
    })
}

fn last_line(log: &str) -> &str {
    log.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("nothing")
}

/// The files that tell all of it: a line per call on each side, and Tamis' own events.
fn write_out(dir: &Path, provider: &Provider, views: &[Json], events: &Json) -> Outcome {
    let mut file = fs::File::create(dir.join("site.jsonl"))?;
    let requests = provider.requests();
    for (n, view) in views.iter().enumerate() {
        let reply = requests.get(n).map(|request| String::from_utf8_lossy(&request.reply));
        let line = json!({ "written": view["written"], "reply": reply, "restored": view["restored"] });
        writeln!(file, "{line}")?;
    }
    fs::write(dir.join("events.json"), format!("{events:#}\n"))?;
    Ok(())
}

fn problems(exchange: &Exchange, page: &Response, events: &Json, secrets: &[check::Secret]) -> Vec<String> {
    let mut problems = check::leaks(&exchange.received, secrets);
    problems.extend(check::restoring(&exchange.restored, &page.text(), secrets));
    if page.status != 200 {
        problems.push(format!("the page answered with status {}", page.status));
    }
    if exchange.received.header("authorization") != Some(&format!("Bearer {OWN_KEY}")) {
        problems.push("the plugin's own key did not arrive at its service as it was".to_owned());
    }
    if show::last_event(events).is_none() {
        problems.push("`wp tamis status` knows of no event".to_owned());
    }
    problems
}

fn tell(terminal: Terminal, problems: &[String], secrets: usize, out: Option<&Path>) -> Outcome {
    println!();
    if let Some(dir) = out {
        println!("Raw bytes and events are in {}", dir.display());
    }
    if problems.is_empty() {
        let line = format!("OK: none of the {secrets} secret values left, and the page shows the real ones.");
        println!("{}", terminal.paint(Style::Good, &line));
        return Ok(());
    }
    for problem in problems {
        eprintln!("{} {problem}", terminal.paint(Style::Secret, "FAILED:"));
    }
    Err(Failure::Told)
}
