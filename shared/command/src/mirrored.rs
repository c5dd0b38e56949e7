//! Enumerations of the API that mirror the domain's: names of the outside are kept apart from the storage format.

/// Declares an enumeration and its conversions from and to the one of the same name in the domain's module.
///
/// A line reads `module: Name: Variant, Variant`; attributes and documentation go before the name and the variants.
#[macro_export]
macro_rules! mirrored {
    ($module:ident: $(#[$attribute:meta])* $name:ident: $($(#[$variant_attribute:meta])* $variant:ident),* $(,)?) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "kebab-case")]
        pub(crate) enum $name {
            $($(#[$variant_attribute])* $variant,)*
        }

        impl From<$name> for $module::$name {
            fn from(given: $name) -> Self {
                match given {
                    $($name::$variant => Self::$variant,)*
                }
            }
        }

        impl From<$module::$name> for $name {
            fn from(known: $module::$name) -> Self {
                match known {
                    $($module::$name::$variant => Self::$variant,)*
                }
            }
        }
    };
}
