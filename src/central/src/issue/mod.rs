//! Our own collection codes on paper (`central codes`), for schools whose students have none of CHSI's.
//!
//! A sheet is an A4 page of cards, each with a signed code, a masked name and instructions. The holder of a card can begin a visit
//! under that name but sees nothing of the student, so the files are readable by their owner alone and cards are handed out by
//! hand; a visit that was begun asks for month and day of birth.

mod card;
mod error;
mod ink;
mod keyring;
mod sheet;

pub use error::IssueError;
pub use ink::FontError;

use crate::config::Config;
use crate::files;
use crate::ledger::{Card, Ledger};
use collection::payload::sign_code;
use collection::{Task, TaskId};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::path::{Path, PathBuf};

/// Which codes to issue.
#[derive(Clone, Debug)]
pub struct Order {
    /// Of which task.
    pub task: TaskId,
    /// One class only.
    pub class: Option<String>,
    /// Last day on which the codes are valid; absent: the task's last day.
    pub until: Option<Date>,
    /// Folder of the sheets.
    pub out: PathBuf,
    /// Font file with Chinese characters; absent: Debian's Noto.
    pub font: Option<PathBuf>,
}

/// The codes that were issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// How many codes.
    pub codes: usize,
    /// The sheets.
    pub sheets: Vec<PathBuf>,
    /// Which key signed them.
    pub key_id: String,
}

async fn find(ledger: &Ledger, task: &TaskId) -> Result<Task, IssueError> {
    ledger.task(task).await?.ok_or_else(|| IssueError::NoTask(task.clone()))
}

/// Prints sheets of signed codes for a roster; draws the task's first signing key if it has none.
///
/// # Errors
/// [`IssueError`], which names what stands in the way; sheets that were written before it can be removed.
pub async fn issue(config: &Config, order: &Order) -> Result<Issued, IssueError> {
    let ledger = Ledger::open(config).await?;
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
        let page = sheet::PageNumber { number: number + 1, of: students.len().div_ceil(sheet::CARDS) };
        let png = sheet::png(&font, &task, last, page, &cards)?;
        let file = order.out.join(format!("{}-{:03}.png", task.id, number + 1));
        files::write_secret(&file, &png)?;
        sheets.push(file);
    }
    Ok(Issued { codes: students.len(), sheets, key_id })
}

/// Draws a task's next signing key and announces it to the kiosks; gives its id. Codes of earlier keys stay valid until the end of the
/// day `retire`, or as long as they were issued for.
///
/// # Errors
/// [`IssueError::NoTask`], [`IssueError::Over`] for a day out of range, or which file or database cannot be used.
pub async fn rotate(config: &Config, task: &TaskId, retire: Option<Date>) -> Result<String, IssueError> {
    let ledger = Ledger::open(config).await?;
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
