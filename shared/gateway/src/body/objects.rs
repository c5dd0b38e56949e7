//! JSON read as the API describes it: an object where a struct is meant, a word where an enum is, at every depth.
//!
//! Derived code also takes a struct's fields by position and an enum as an object with one member; nobody documents that, so nobody may send it. Errors say
//! what JSON was expected, in words of JSON: no name of a Rust type gets out. An enum that carries data, or one with an internal tag, is not for
//! request bodies: the first is refused, the second is buffered out of sight of this wrapper.

use std::fmt;

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor},
};

/// Wraps a deserializer, a visitor, an access or a seed, so that whatever is read through it is read strictly.
pub(super) struct Strict<T>(pub(super) T);

macro_rules! as_they_are {
    ($($method:ident($($name:ident: $type:ty),*);)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, $($name: $type,)* visitor: V) -> Result<V::Value, D::Error> {
                self.0.$method($($name,)* Strict(visitor))
            }
        )*
    };
}

macro_rules! whole_numbers {
    ($($method:ident: $type:ty;)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
                let (least, most) = (i128::from(<$type>::MIN), i128::from(<$type>::MAX));
                self.0.$method(WholeNumber { visitor, least, most })
            }
        )*
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Strict<D> {
    type Error = D::Error;

    as_they_are! {
        deserialize_any();
        deserialize_bool();
        deserialize_i128();
        deserialize_u128();
        deserialize_f32();
        deserialize_f64();
        deserialize_char();
        deserialize_str();
        deserialize_string();
        deserialize_bytes();
        deserialize_byte_buf();
        deserialize_option();
        deserialize_unit();
        deserialize_identifier();
        deserialize_ignored_any();
        deserialize_newtype_struct(name: &'static str);
    }

    whole_numbers! {
        deserialize_i8: i8;
        deserialize_i16: i16;
        deserialize_i32: i32;
        deserialize_i64: i64;
        deserialize_u8: u8;
        deserialize_u16: u16;
        deserialize_u32: u32;
        deserialize_u64: u64;
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(Object(visitor))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(Object(visitor))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_unit(Strict(visitor))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_seq(Array(visitor))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple(length, Array(visitor))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple(length, Array(visitor))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_str(Word { visitor, words })
    }
}

macro_rules! scalars {
    ($($method:ident: $type:ty;)*) => {
        $(
            fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
                self.0.$method(value)
            }
        )*
    };
}

/// Passes on whatever comes; what comes in parts is read strictly in each.
impl<'de, V: Visitor<'de>> Visitor<'de> for Strict<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    scalars! {
        visit_bool: bool;
        visit_i64: i64;
        visit_i128: i128;
        visit_u64: u64;
        visit_u128: u128;
        visit_f64: f64;
        visit_char: char;
        visit_str: &str;
        visit_borrowed_str: &'de str;
        visit_string: String;
        visit_bytes: &[u8];
        visit_borrowed_bytes: &'de [u8];
        visit_byte_buf: Vec<u8>;
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.0.visit_some(Strict(inner))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.0.visit_newtype_struct(Strict(inner))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(Strict(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Strict(members))
    }
}

/// Takes an object and nothing else.
struct Object<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Object<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Strict(members))
    }
}

/// Takes an array and nothing else.
struct Array<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Array<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(Strict(items))
    }
}

/// Takes one of some words.
struct Word<V> {
    visitor: V,
    words: &'static [&'static str],
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Word<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "one of `{}`", self.words.join("`, `"))
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<V::Value, E> {
        self.visitor.visit_enum(word.into_deserializer())
    }
}

/// Takes a whole number that fits.
struct WholeNumber<V> {
    visitor: V,
    least: i128,
    most: i128,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for WholeNumber<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole number from {} to {}", self.least, self.most)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<V::Value, E> {
        if i128::from(number) > self.most {
            return Err(E::invalid_value(Unexpected::Unsigned(number), &self));
        }
        self.visitor.visit_u64(number)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<V::Value, E> {
        if !(self.least..=self.most).contains(&i128::from(number)) {
            return Err(E::invalid_value(Unexpected::Signed(number), &self));
        }
        self.visitor.visit_i64(number)
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Strict<A> {
    type Error = A::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, A::Error> {
        self.0.next_element_seed(Strict(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Strict<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        self.0.next_key_seed(seed)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        self.0.next_value_seed(Strict(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Strict<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Strict(deserializer))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        inner: Option<Inner>,
        #[serde(default)]
        many: Vec<Inner>,
        #[serde(default)]
        named: BTreeMap<String, Inner>,
        #[serde(default)]
        wrapped: Option<Wrapped>,
        #[serde(default)]
        pair: Option<(bool, i8)>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        #[serde(default)]
        number: u16,
        #[serde(default)]
        shade: Shade,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Wrapped(Inner);

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Shade {
        #[default]
        Dark,
        VeryDark,
    }

    fn read(json: &str) -> Result<Outer, String> {
        let mut json = serde_json::Deserializer::from_str(json);
        Outer::deserialize(Strict(&mut json)).map_err(|error| error.to_string())
    }

    #[test]
    fn objects_are_read_at_every_depth() {
        let read = read(
            r#"{"inner":{"number":7,"shade":"very-dark"},"many":[{},{"number":65535}],"named":{"a":{}},"wrapped":{},"pair":[true,-128]}"#,
        );
        let plain = || Inner { number: 0, shade: Shade::Dark };
        let expected = Outer {
            inner: Some(Inner { number: 7, shade: Shade::VeryDark }),
            many: vec![plain(), Inner { number: 65535, ..plain() }],
            named: BTreeMap::from([("a".to_owned(), plain())]),
            wrapped: Some(Wrapped(plain())),
            pair: Some((true, -128)),
        };
        assert_eq!(read, Ok(expected));
    }

    #[test]
    fn nothing_else_is_taken_for_an_object_and_no_type_is_named() {
        let cases = [
            ("[]", "invalid type: sequence, expected an object"),
            ("null", "invalid type: null, expected an object"),
            (r#"{"inner":[7]}"#, "invalid type: sequence, expected an object"),
            (r#"{"many":[[7]]}"#, "invalid type: sequence, expected an object"),
            (r#"{"many":{}}"#, "invalid type: map, expected an array"),
            (r#"{"named":{"a":[7]}}"#, "invalid type: sequence, expected an object"),
            (r#"{"wrapped":[7]}"#, "invalid type: sequence, expected an object"),
            (
                r#"{"inner":{"number":65536}}"#,
                "invalid value: integer `65536`, expected a whole number from 0 to 65535",
            ),
            (r#"{"inner":{"number":-1}}"#, "invalid value: integer `-1`, expected a whole number from 0 to 65535"),
            (
                r#"{"inner":{"number":1.5}}"#,
                "invalid type: floating point `1.5`, expected a whole number from 0 to 65535",
            ),
            (r#"{"inner":{"shade":7}}"#, "invalid type: integer `7`, expected one of `dark`, `very-dark`"),
            (r#"{"inner":{"shade":{"dark":null}}}"#, "invalid type: map, expected one of `dark`, `very-dark`"),
            (r#"{"inner":{"shade":"light"}}"#, "unknown variant `light`, expected `dark` or `very-dark`"),
        ];
        for (json, expected) in cases {
            let told = read(json).unwrap_err();
            assert!(told.starts_with(expected), "{json}: {told}");
        }
    }
}
