//! What the console's pages share: who is signed in, form tokens, passwords, wording, and the headers that keep pages private.

pub(crate) mod cookie;
pub(crate) mod frame;
pub(crate) mod guard;
pub(crate) mod page;
pub(crate) mod password;
pub(crate) mod refusal;
pub(crate) mod signed_in;
pub(crate) mod token;
pub(crate) mod words;
