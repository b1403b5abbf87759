//! Students as a printed card may show them.

use super::database::Ledger;
use super::error::LedgerError;
use super::tables::student;
use collection::{TaskId, UniqueNumber};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// What a card needs of a student. Personal data: no `Debug`.
#[derive(Clone)]
pub(crate) struct Card {
    pub unique_number: UniqueNumber,
    pub student_number: String,
    pub masked_name: String,
    pub class: String,
}

impl Ledger {
    /// A task's students, or those of one class, by class and student number: the order in which cards are handed out.
    pub async fn cards(&self, task: &TaskId, class: Option<&str>) -> Result<Vec<Card>, LedgerError> {
        let mut find = student::Entity::find().filter(student::Column::Task.eq(task.as_str()));
        if let Some(class) = class {
            find = find.filter(student::Column::Class.eq(class));
        }
        let rows = find
            .order_by_asc(student::Column::Class)
            .order_by_asc(student::Column::StudentNumber)
            .order_by_asc(student::Column::Enrolment)
            .all(&self.db)
            .await?;
        let card = |row: student::Model| {
            let wrong = |e: collection::IdError| LedgerError::row("student", &e);
            Ok(Card {
                unique_number: UniqueNumber::new(row.unique_number).map_err(wrong)?,
                student_number: row.student_number,
                masked_name: row.masked_name,
                class: row.class,
            })
        };
        rows.into_iter().map(card).collect()
    }
}
