//! The central server's command line.

use anyhow::anyhow;
use central::{Config, Running, admin, demo, issue, registry, roster};
use clap::{Parser, Subcommand};
use collection::{CaseKind, Resolution, StaffId, TaskId};
use rustix::fs::Mode;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};

/// Longest password that is read, bytes.
const MAX_PASSWORD_BYTES: u64 = 1024;

/// Collects what kiosks bring, lets reviewers decide, and sends the decisions back.
#[derive(Parser)]
#[command(name = "central", version)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve kiosks and reviewers until stopped.
    Serve {
        /// Settings file.
        #[arg(long, default_value = "central.toml")]
        config: PathBuf,
    },
    /// Serve a demo school on loopback; the first start makes it.
    Demo {
        /// Folder of the demo; else campus-portrait-kiosk/demo in $XDG_DATA_HOME or ~/.local/share.
        #[arg(long)]
        state: Option<PathBuf>,
        /// Port for kiosks; 0: that of the first start, a free one then.
        #[arg(long, default_value_t = 0)]
        kiosk_port: u16,
        /// Port for browsers; 0: that of the first start, a free one then.
        #[arg(long, default_value_t = 0)]
        console_port: u16,
        /// Folder of the models, for the demo's face pictures.
        #[arg(long)]
        models: Option<PathBuf>,
    },
    /// Rosters.
    Roster {
        #[command(subcommand)]
        command: RosterCommand,
    },
    /// Tasks.
    Task {
        #[command(subcommand)]
        command: TaskCommand,
    },
    /// What the registry must decide.
    Case {
        #[command(subcommand)]
        command: CaseCommand,
    },
    /// One student.
    Student {
        #[command(subcommand)]
        command: StudentCommand,
    },
    /// Our own collection codes.
    Codes {
        #[command(subcommand)]
        command: CodesCommand,
    },
    /// Reviewers.
    Reviewer {
        #[command(subcommand)]
        command: ReviewerCommand,
    },
}

#[derive(Subcommand)]
enum RosterCommand {
    /// Import students from a CSV file: all rows, or none and every wrong row told.
    Import {
        /// The file, UTF-8 or GB 18030.
        file: PathBuf,
        /// Settings file.
        #[arg(long, default_value = "central.toml")]
        config: PathBuf,
        /// Task of rows that name none.
        #[arg(long)]
        task: Option<String>,
    },
}

#[derive(Subcommand)]
enum TaskCommand {
    /// Add a task, or its next version, from a TOML file.
    Put {
        /// The file.
        file: PathBuf,
        /// Settings file.
        #[arg(long, default_value = "central.toml")]
        config: PathBuf,
    },
}

#[derive(clap::Args)]
struct Whom {
    /// The task.
    #[arg(long)]
    task: String,
    /// Unique number, or the enrolment's 32 hex digits.
    #[arg(long)]
    student: String,
    /// Who decides, by login name.
    #[arg(long)]
    by: String,
    /// Settings file.
    #[arg(long, default_value = "central.toml")]
    config: PathBuf,
}

#[derive(Subcommand)]
enum CaseCommand {
    /// Open cases of a task, one a line: enrolment, kind, sentence, entries.
    List {
        /// The task.
        #[arg(long)]
        task: String,
        /// Settings file.
        #[arg(long, default_value = "central.toml")]
        config: PathBuf,
    },
    /// Decide a student's open cases of one kind.
    Resolve {
        #[command(flatten)]
        whom: Whom,
        /// Which kind, as `case list` writes it.
        #[arg(long)]
        kind: String,
        /// What is decided: dismissed, reopened, taken_over, or the id of the portrait that counts.
        #[arg(long)]
        decision: String,
    },
}

#[derive(Subcommand)]
enum StudentCommand {
    /// Erase what is personal, here and at every kiosk; the journal stays whole.
    Erase {
        #[command(flatten)]
        whom: Whom,
    },
}

#[derive(Subcommand)]
enum CodesCommand {
    /// Print signed codes for a roster: A4 sheets (PNG, 300 dpi) of eight cards, names masked.
    Issue {
        /// The task.
        #[arg(long)]
        task: String,
        /// Folder of the sheets.
        #[arg(long)]
        out: PathBuf,
        /// One class only.
        #[arg(long)]
        class: Option<String>,
        /// Last day on which the codes are good, YYYY-MM-DD; else the task's last day.
        #[arg(long)]
        until: Option<jiff::civil::Date>,
        /// Font file with Chinese; else Debian's Noto Sans CJK.
        #[arg(long)]
        font: Option<PathBuf>,
        /// Settings file.
        #[arg(long, default_value = "central.toml")]
        config: PathBuf,
    },
    /// Draw the task's next signing key, for codes issued from now on.
    Rotate {
        /// The task.
        #[arg(long)]
        task: String,
        /// Last day on which codes of earlier keys are good, YYYY-MM-DD; else as long as they were issued for.
        #[arg(long)]
        retire: Option<jiff::civil::Date>,
        /// Settings file.
        #[arg(long, default_value = "central.toml")]
        config: PathBuf,
    },
}

#[derive(Subcommand)]
enum ReviewerCommand {
    /// Add a reviewer or set a new password, read from standard input.
    Set {
        /// Name to sign in with.
        login: String,
        /// Name that decisions are shown under.
        #[arg(long)]
        name: String,
        /// Settings file.
        #[arg(long, default_value = "central.toml")]
        config: PathBuf,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    // The ledger's own files and everything else that is written lie open to nobody else.
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
    match run(Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The errors name their object themselves; a backtrace would only hide the sentence.
            eprintln!("central: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> anyhow::Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match args.command {
        Command::Serve { config } => until_asked(central::serve(Config::read(&config)?).await?).await,
        Command::Demo { state, kiosk_port, console_port, models } => {
            let state = match state {
                Some(told) => told,
                None => {
                    demo::default_state().ok_or_else(|| anyhow!("there is no home folder; say --state"))?
                }
            };
            let options = demo::Options { state, kiosk_port, console_port, models };
            until_asked(demo::demo(&options).await?).await
        }
        Command::Roster { command: RosterCommand::Import { file, config, task } } => {
            let task = task.map(TaskId::new).transpose().map_err(|e| anyhow!("--task: {e}"))?;
            let count = roster::import(&Config::read(&config)?, &file, task.as_ref()).await?;
            println!("{count} students imported");
            Ok(())
        }
        Command::Task { command: TaskCommand::Put { file, config } } => {
            Ok(admin::put_task(&Config::read(&config)?, &file).await?)
        }
        Command::Case { command } => cases(command).await,
        Command::Student { command: StudentCommand::Erase { whom } } => {
            let wiped = registry::erase(&Config::read(&whom.config)?, &whom.read()?).await?;
            println!("erased; {wiped} files wiped");
            Ok(())
        }
        Command::Codes { command } => codes(command).await,
        Command::Reviewer { command: ReviewerCommand::Set { login, name, config } } => {
            let mut password = String::new();
            let read = std::io::stdin().take(MAX_PASSWORD_BYTES).read_to_string(&mut password);
            read.map_err(|e| anyhow!("the password: {e}"))?;
            let password = password.trim_end_matches(['\r', '\n']);
            Ok(admin::set_reviewer(&Config::read(&config)?, &login, &name, password).await?)
        }
    }
}

impl Whom {
    fn read(&self) -> anyhow::Result<registry::Whom> {
        let task = TaskId::new(self.task.as_str()).map_err(|e| anyhow!("--task: {e}"))?;
        let by = StaffId::new(self.by.as_str()).map_err(|e| anyhow!("--by: {e}"))?;
        Ok(registry::Whom { task, student: self.student.clone(), by })
    }
}

async fn cases(command: CaseCommand) -> anyhow::Result<()> {
    match command {
        CaseCommand::List { task, config } => {
            let task = TaskId::new(task).map_err(|e| anyhow!("--task: {e}"))?;
            for case in registry::cases(&Config::read(&config)?, &task).await? {
                let kind = serde_json::to_value(case.kind)?;
                let about: Vec<String> = case.about.iter().map(ToString::to_string).collect();
                let sentence = sentences::say(case.kind.code(), sentences::Lang::Zh, &[]);
                println!(
                    "{} {} {sentence} {}",
                    case.enrolment,
                    kind.as_str().unwrap_or("?"),
                    about.join(" ")
                );
            }
        }
        CaseCommand::Resolve { whom, kind, decision } => {
            let case: CaseKind = serde_json::from_value(kind.into()).map_err(|e| anyhow!("--kind: {e}"))?;
            let resolution = match decision.as_str() {
                "dismissed" => Resolution::Dismissed,
                "reopened" => Resolution::Reopened,
                "taken_over" => Resolution::TakenOver,
                portrait => {
                    let submission = serde_json::from_value(portrait.into());
                    Resolution::Chosen { submission: submission.map_err(|e| anyhow!("--decision: {e}"))? }
                }
            };
            let decided =
                registry::resolve(&Config::read(&whom.config)?, &whom.read()?, case, resolution).await?;
            println!("{decided} cases decided");
        }
    }
    Ok(())
}

async fn codes(command: CodesCommand) -> anyhow::Result<()> {
    let named = |task: String| TaskId::new(task).map_err(|e| anyhow!("--task: {e}"));
    match command {
        CodesCommand::Issue { task, out, class, until, font, config } => {
            let order = issue::Order { task: named(task)?, class, until, out, font };
            let issued = issue::issue(&Config::read(&config)?, &order).await?;
            println!("{} codes on {} sheets, key {}", issued.codes, issued.sheets.len(), issued.key_id);
        }
        CodesCommand::Rotate { task, retire, config } => {
            println!("{}", issue::rotate(&Config::read(&config)?, &named(task)?, retire).await?);
        }
    }
    Ok(())
}

/// Says where the server is, and serves until the process is asked to end.
async fn until_asked(running: Running) -> anyhow::Result<()> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let mut out = std::io::stdout();
    writeln!(out, "ready console={} kiosks={}", running.console_url(), running.kiosks_url())?;
    out.flush()?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    running.stop().await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_commands_need_no_folder_and_no_settings_file() {
        let demo = Args::try_parse_from(["central", "demo"]).unwrap();
        assert!(matches!(demo.command, Command::Demo { state: None, kiosk_port: 0, console_port: 0, .. }));
        let import = Args::try_parse_from(["central", "roster", "import", "students.csv"]).unwrap();
        let Command::Roster { command: RosterCommand::Import { file, config, task: None } } = import.command
        else {
            panic!("another command")
        };
        assert_eq!((file, config), (PathBuf::from("students.csv"), PathBuf::from("central.toml")));
    }
}
