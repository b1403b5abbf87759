//! Small enums out of large ones: each stage lists which touches and replies it answers, as an enum of its own.

/// Declares the variants of a large enum that are answered at one place, with a constructor `of` that is `None` for all others.
///
/// `Touch::Done | Touch::Primary => Done` reads: either touch is this stage's `Done`.
macro_rules! subset {
    ($(#[$meta:meta])* $name:ident of $from:ty {
        $($pattern:pat => $variant:ident $(($($field:ident: $type:ty),+))?),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug)]
        enum $name { $($variant $(($($type),+))?),+ }

        impl $name {
            #[allow(clippy::wildcard_enum_match_arm, reason = "a subset is what is listed; the rest is answered elsewhere")]
            fn of(whole: $from) -> Option<$name> {
                match whole {
                    $($pattern => Some($name::$variant $(($($field),+))?),)+
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use subset;
