//! Our own collection codes on paper (`central codes`), for schools whose students have none of CHSI's.
//!
//! A sheet is an A4 page of cards, each with a signed code, a masked name and what to do with it. Whoever holds a card can
//! begin a visit under that name but sees nothing of the student, so sheets are written for the owner's eyes and handed out
//! by hand; what has begun asks for month and day of birth.

mod card;
mod ink;
mod keyring;
mod sheet;

pub use ink::FontError;

use crate::config::Config;
use crate::files::{self, FileError};
use crate::keys::KeyFileError;
use crate::ledger::{Card, Ledger, LedgerError};
use collection::payload::{CodeError, sign_code};
use collection::{Task, TaskId};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::path::{Path, PathBuf};

/// What is to be issued.
#[derive(Clone, Debug)]
pub struct Order {
    /// Of which task.
    pub task: TaskId,
    /// One class only.
    pub class: Option<String>,
    /// Last day on which the codes are good; the task's last day if nothing is said.
    pub until: Option<Date>,
    /// Folder of the sheets.
    pub out: PathBuf,
    /// Font file with Chinese; otherwise Debian's Noto.
    pub font: Option<PathBuf>,
}

/// What was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// How many codes.
    pub codes: usize,
    /// The sheets.
    pub sheets: Vec<PathBuf>,
    /// Which key signed them.
    pub key_id: String,
}

/// Why no codes were issued, or no key made.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The signing key's file.
    #[error(transparent)]
    Key(#[from] KeyFileError),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The font.
    #[error(transparent)]
    Font(#[from] FontError),
    /// There is no such task.
    #[error("there is no task {0}")]
    NoTask(TaskId),
    /// Nobody to issue codes for.
    #[error("nobody is on this roster, or nobody in this class")]
    Nobody,
    /// The codes would be expired.
    #[error("the codes would end on {0}, which is over")]
    Over(Date),
    /// A code could not be signed.
    #[error(transparent)]
    Sign(#[from] CodeError),
    /// A sheet could not be drawn.
    #[error("a sheet could not be drawn: {0}")]
    Draw(String),
}

async fn ledger(config: &Config) -> Result<Ledger, IssueError> {
    files::make_private_dir(&config.state)?;
    Ok(Ledger::open(&config.state.join("ledger.sqlite")).await?)
}

async fn find(ledger: &Ledger, task: &TaskId) -> Result<Task, IssueError> {
    ledger.task(task).await?.ok_or_else(|| IssueError::NoTask(task.clone()))
}

/// Prints sheets of signed codes for a roster; draws the task's first signing key if it has none.
///
/// # Errors
/// When the order cannot be carried out as it is; sheets already written are named by nobody and may be removed.
pub async fn issue(config: &Config, order: &Order) -> Result<Issued, IssueError> {
    let ledger = ledger(config).await?;
    let issued = issue_from(&ledger, &config.state, order).await;
    ledger.close().await;
    issued
}

async fn issue_from(ledger: &Ledger, state: &Path, order: &Order) -> Result<Issued, IssueError> {
    let font = ink::font(order.font.as_deref())?;
    let mut task = find(ledger, &order.task).await?;
    let students = ledger.cards(&task.id, order.class.as_deref()).await?;
    if students.is_empty() {
        return Err(IssueError::Nobody);
    }
    let last = order.until.unwrap_or(task.closes);
    let expires = end_of(&task, last).filter(|end| *end > Timestamp::now()).ok_or(IssueError::Over(last))?;
    let (key_id, signer) = match keyring::newest(state, &task)? {
        Some(found) => found,
        None => keyring::draw(ledger, state, &mut task, None).await?,
    };
    files::make_dir(&order.out)?;
    let mut sheets = Vec::new();
    for (number, some) in students.chunks(sheet::CARDS).enumerate() {
        let texts = some.iter().map(|s| sign_code(&signer, &key_id, &task, &s.unique_number, expires));
        let texts: Vec<String> = texts.collect::<Result<_, _>>()?;
        let cards: Vec<(&Card, &str)> = some.iter().zip(texts.iter().map(String::as_str)).collect();
        let place = sheet::Place { number: number + 1, of: students.len().div_ceil(sheet::CARDS) };
        let png = sheet::png(&font, &task, last, place, &cards)?;
        let file = order.out.join(format!("{}-{:03}.png", task.id, number + 1));
        files::write_secret(&file, &png)?;
        sheets.push(file);
    }
    Ok(Issued { codes: students.len(), sheets, key_id })
}

/// Draws a task's next signing key and tells the kiosks; gives its id. Codes of earlier keys stay good until the end of the
/// day `retire`, or as long as they were issued for.
///
/// # Errors
/// When there is no such task, or a file or the ledger cannot be used.
pub async fn rotate(config: &Config, task: &TaskId, retire: Option<Date>) -> Result<String, IssueError> {
    let ledger = ledger(config).await?;
    let drawn = async {
        let mut task = find(&ledger, task).await?;
        let until = retire.map(|day| end_of(&task, day).ok_or(IssueError::Over(day))).transpose()?;
        Ok(keyring::draw(&ledger, &config.state, &mut task, until).await?.0)
    };
    let drawn = drawn.await;
    ledger.close().await;
    drawn
}

/// The moment at which the school's day is over.
fn end_of(task: &Task, day: Date) -> Option<Timestamp> {
    let zone = TimeZone::get(&task.time_zone).unwrap_or_else(|_| TimeZone::fixed(jiff::tz::offset(8)));
    let next = day.checked_add(1.day()).ok()?;
    Some(next.to_zoned(zone).ok()?.timestamp())
}

#[cfg(test)]
mod tests;
