//! The commands: reads their arguments into types and calls the library.

use super::args::{
    CaseCommand, CodesCommand, Command, ReviewerCommand, RosterCommand, StudentCommand, SubjectArgs,
    TaskCommand,
};
use anyhow::anyhow;
use central::{Config, Running, admin, demo, issue, registry, roster};
use collection::{CaseKind, Resolution, StaffId, TaskId};
use std::io::{Read, Write};
use tokio::signal::unix::{SignalKind, signal};

/// Longest password that is read, bytes.
const MAX_PASSWORD_BYTES: u64 = 1024;

/// Carries out a command.
pub async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Serve { config } => until_signal(central::serve(Config::read(&config)?).await?).await,
        Command::Demo { state, kiosk_port, console_port, models } => {
            let state = match state {
                Some(given) => given,
                None => {
                    demo::default_state().ok_or_else(|| anyhow!("there is no home folder; pass --state"))?
                }
            };
            let options = demo::Options { state, kiosk_port, console_port, models };
            until_signal(demo::demo(&options).await?).await
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
        Command::Student { command: StudentCommand::Erase { subject } } => {
            let deleted = registry::erase(&Config::read(&subject.config)?, &subject.read()?).await?;
            println!("erased; {deleted} files deleted");
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

impl SubjectArgs {
    fn read(&self) -> anyhow::Result<registry::Subject> {
        let task = TaskId::new(self.task.as_str()).map_err(|e| anyhow!("--task: {e}"))?;
        let by = StaffId::new(self.by.as_str()).map_err(|e| anyhow!("--by: {e}"))?;
        Ok(registry::Subject { task, student: self.student.clone(), by })
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
        CaseCommand::Resolve { subject, kind, decision } => {
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
                registry::resolve(&Config::read(&subject.config)?, &subject.read()?, case, resolution)
                    .await?;
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

/// Prints the server's addresses and serves until the process gets a signal to end.
async fn until_signal(running: Running) -> anyhow::Result<()> {
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
