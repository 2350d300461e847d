//! Values that lie packed until somebody asks for them.
//!
//! A background may be started for every page, and a page needs one shop of seventy and one brand of hundreds. What is kept packed costs a start
//! no more than the copying of its bytes.

use crate::rules_error::RulesError;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::sync::OnceLock;

/// A value as postcard, unpacked at the first need.
#[derive(Clone, Debug)]
pub struct Packed<T> {
    bytes: Vec<u8>,
    value: OnceLock<Option<T>>,
}

impl<T: Serialize + DeserializeOwned> Packed<T> {
    /// Packs a value.
    #[must_use]
    pub fn new(value: T) -> Self {
        // Plain data always packs; what did not would be like bytes that do not unpack.
        let bytes = postcard::to_allocvec(&value).unwrap_or_default();
        Self { bytes, value: OnceLock::from(Some(value)) }
    }

    /// The value; nothing where the bytes are damaged or of another build.
    pub fn get(&self) -> Option<&T> {
        self.value.get_or_init(|| postcard::from_bytes(&self.bytes).ok()).as_ref()
    }

    /// The value that was made of a data file.
    ///
    /// # Errors
    /// Where there is none; names the file.
    pub fn of_file(&self, file: &str) -> Result<&T, RulesError> {
        self.get().ok_or_else(|| RulesError::new(file, "its compiled form cannot be read; build again"))
    }
}

impl<T> Serialize for Packed<T> {
    fn serialize<S: serde::Serializer>(&self, into: S) -> Result<S::Ok, S::Error> {
        into.serialize_bytes(&self.bytes)
    }
}

impl<'de, T> Deserialize<'de> for Packed<T> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let bytes = serde_bytes::ByteBuf::deserialize(from)?.into_vec();
        Ok(Self { bytes, value: OnceLock::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_comes_out_again() {
        let packed = Packed::new(vec!["one".to_owned(), "two".to_owned()]);
        let again: Packed<Vec<String>> = postcard::from_bytes(&postcard::to_allocvec(&packed).unwrap()).unwrap();
        assert_eq!(again.get(), packed.get());
        assert_eq!(again.get().map(Vec::len), Some(2));
    }

    #[test]
    fn damaged_bytes_hold_nothing() {
        let damaged: Packed<Vec<String>> = Packed { bytes: vec![200], value: OnceLock::new() };
        assert_eq!(damaged.get(), None);
    }
}
