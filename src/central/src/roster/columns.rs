//! Which column is which: headers in Chinese or English, in any order; unknown columns are skipped.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    UniqueNumber,
    Name,
    IdNumber,
    StudentNumber,
    Class,
    Programme,
    Task,
    Document,
    Birth,
}

impl Column {
    const ALL: [Column; 9] = [
        Column::UniqueNumber,
        Column::Name,
        Column::IdNumber,
        Column::StudentNumber,
        Column::Class,
        Column::Programme,
        Column::Task,
        Column::Document,
        Column::Birth,
    ];

    /// Names in headers; the first is the one shown to people.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Column::UniqueNumber => &["唯一号", "图像采集唯一号", "unique_number"],
            Column::Name => &["姓名", "name"],
            Column::IdNumber => &["证件号码", "身份证号", "身份证号码", "id_number"],
            Column::StudentNumber => &["学号", "student_number"],
            Column::Class => &["班级", "class"],
            Column::Programme => &["专业", "专业名称", "programme", "major"],
            Column::Task => &["采集任务", "任务", "task"],
            Column::Document => &["证件类型", "document"],
            Column::Birth => &["出生日期", "birth"],
        }
    }

    pub fn title(self) -> &'static str {
        self.names()[0]
    }

    fn is_needed(self) -> bool {
        matches!(self, Column::UniqueNumber | Column::Name | Column::IdNumber)
    }
}

/// What is wrong with a header.
#[derive(Clone, Copy, Debug)]
pub(super) enum WrongColumn {
    Repeated(Column),
    Missing(Column),
}

/// Position of each column.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout([Option<usize>; 9]);

impl Layout {
    /// Finds the columns in a header; else every column that is repeated, and every needed one that is missing.
    pub fn find(header: &csv::StringRecord) -> Result<Layout, Vec<WrongColumn>> {
        let (mut layout, mut wrong) = (Layout::default(), Vec::new());
        for column in Column::ALL {
            let is_it = |text: &str| {
                let text = text.trim().trim_start_matches('\u{feff}');
                column.names().iter().any(|name| name.eq_ignore_ascii_case(text))
            };
            let mut places = header.iter().enumerate().filter(|(_, text)| is_it(text)).map(|(at, _)| at);
            layout.0[column as usize] = places.next();
            if places.next().is_some() {
                wrong.push(WrongColumn::Repeated(column));
            } else if layout.0[column as usize].is_none() && column.is_needed() {
                wrong.push(WrongColumn::Missing(column));
            }
        }
        if wrong.is_empty() { Ok(layout) } else { Err(wrong) }
    }

    /// The value of a column in a row; empty where the file has no such column.
    pub fn value<'r>(&self, row: &'r csv::StringRecord, column: Column) -> &'r str {
        self.0[column as usize].and_then(|at| row.get(at)).unwrap_or("").trim()
    }
}
