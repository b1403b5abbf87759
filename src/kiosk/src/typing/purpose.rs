//! What is typed into a field.

/// What a field is for. It decides which candidates come first and which plane of keys is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// A person's name: first surnames, then characters that are common in given names.
    #[default]
    Name,
    /// A street or a class: words and the commonest characters first.
    Text,
    /// A search, which understands letters too: they are written into the field while they are composed.
    Search,
    /// A passport's number or name: capital Latin letters.
    Latin,
}
