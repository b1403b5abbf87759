//! Columns that hold one of a few words: as enums here, as text in the database.

use collection::{Category, ComparisonBand};
use sea_orm::entity::prelude::*;

/// State of a submission in the review queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
pub enum SubmissionState {
    /// Waits for a decision.
    #[sea_orm(string_value = "pending")]
    Pending,
    /// A later submission of the same student took its place before a reviewer decided.
    #[sea_orm(string_value = "replaced")]
    Replaced,
    /// Submitted beyond what the task allows: a case for the registry, with both pictures.
    #[sea_orm(string_value = "surplus")]
    Surplus,
    /// The rules do not count it.
    #[sea_orm(string_value = "ignored")]
    Ignored,
    /// 审核通过
    #[sea_orm(string_value = "approved")]
    Approved,
    /// 审核未通过
    #[sea_orm(string_value = "rejected")]
    Rejected,
}

/// [`Category`] as a column, in the words of the wire format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
pub enum CategoryColumn {
    #[sea_orm(string_value = "undergraduate")]
    Undergraduate,
    #[sea_orm(string_value = "postgraduate")]
    Postgraduate,
    #[sea_orm(string_value = "adult_education")]
    AdultEducation,
}

impl From<Category> for CategoryColumn {
    fn from(category: Category) -> CategoryColumn {
        match category {
            Category::Undergraduate => CategoryColumn::Undergraduate,
            Category::Postgraduate => CategoryColumn::Postgraduate,
            Category::AdultEducation => CategoryColumn::AdultEducation,
        }
    }
}

impl From<CategoryColumn> for Category {
    fn from(column: CategoryColumn) -> Category {
        match column {
            CategoryColumn::Undergraduate => Category::Undergraduate,
            CategoryColumn::Postgraduate => Category::Postgraduate,
            CategoryColumn::AdultEducation => Category::AdultEducation,
        }
    }
}

/// [`ComparisonBand`] as a column, in the words of the wire format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)")]
pub enum BandColumn {
    #[sea_orm(string_value = "pass")]
    Pass,
    #[sea_orm(string_value = "manual")]
    Manual,
    #[sea_orm(string_value = "below")]
    Below,
    #[sea_orm(string_value = "none")]
    None,
}

impl From<ComparisonBand> for BandColumn {
    fn from(band: ComparisonBand) -> BandColumn {
        match band {
            ComparisonBand::Pass => BandColumn::Pass,
            ComparisonBand::Manual => BandColumn::Manual,
            ComparisonBand::Below => BandColumn::Below,
            ComparisonBand::None => BandColumn::None,
        }
    }
}

impl From<BandColumn> for ComparisonBand {
    fn from(column: BandColumn) -> ComparisonBand {
        match column {
            BandColumn::Pass => ComparisonBand::Pass,
            BandColumn::Manual => ComparisonBand::Manual,
            BandColumn::Below => ComparisonBand::Below,
            BandColumn::None => ComparisonBand::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::Iterable;

    #[test]
    fn columns_hold_the_words_of_the_wire_format() {
        for column in CategoryColumn::iter() {
            let on_the_wire = serde_json::to_value(Category::from(column)).unwrap();
            assert_eq!(on_the_wire, column.to_value());
        }
        for column in BandColumn::iter() {
            let on_the_wire = serde_json::to_value(ComparisonBand::from(column)).unwrap();
            assert_eq!(on_the_wire, column.to_value());
        }
    }
}
