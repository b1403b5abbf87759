//! The command line as it is typed.

use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Takes the kiosks' journals and pictures, lets reviewers decide, and sends the decisions back.
#[derive(Parser)]
#[command(name = "central", version)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

// The commands.
#[derive(Subcommand)]
pub enum Command {
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
    /// Cases that the registry must decide.
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

// Commands about rosters.
#[derive(Subcommand)]
pub enum RosterCommand {
    /// Import students from a CSV file: all rows, or none and a list of every wrong row.
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

// Commands about tasks.
#[derive(Subcommand)]
pub enum TaskCommand {
    /// Add a task, or its next version, from a TOML file.
    Put {
        /// The file.
        file: PathBuf,
        /// Settings file.
        #[arg(long, default_value = "central.toml")]
        config: PathBuf,
    },
}

// A student, and who decides about them.
#[derive(clap::Args)]
pub struct SubjectArgs {
    /// The task.
    #[arg(long)]
    pub task: String,
    /// Unique number, or the enrolment's 32 hex digits.
    #[arg(long)]
    pub student: String,
    /// Who decides, by login name.
    #[arg(long)]
    pub by: String,
    /// Settings file.
    #[arg(long, default_value = "central.toml")]
    pub config: PathBuf,
}

// Commands about cases.
#[derive(Subcommand)]
pub enum CaseCommand {
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
        subject: SubjectArgs,
        /// Which kind, as `case list` writes it.
        #[arg(long)]
        kind: String,
        /// What is decided: dismissed, reopened, taken_over, or the id of the portrait that counts.
        #[arg(long)]
        decision: String,
    },
}

// Commands about one student.
#[derive(Subcommand)]
pub enum StudentCommand {
    /// Erase what is personal, here and at every kiosk; the journal stays whole.
    Erase {
        #[command(flatten)]
        subject: SubjectArgs,
    },
}

// Commands about our own collection codes.
#[derive(Subcommand)]
pub enum CodesCommand {
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
        /// Last day on which the codes are valid, YYYY-MM-DD; else the task's last day.
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
        /// Last day on which codes of earlier keys are valid, YYYY-MM-DD; else as long as they were issued for.
        #[arg(long)]
        retire: Option<jiff::civil::Date>,
        /// Settings file.
        #[arg(long, default_value = "central.toml")]
        config: PathBuf,
    },
}

// Commands about reviewers.
#[derive(Subcommand)]
pub enum ReviewerCommand {
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
