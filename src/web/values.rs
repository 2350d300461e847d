//! Values across the boundary: plain objects in and out, errors as `{code, message}`.

use js_sys::{Array, Object, Reflect};
use serde::{Serialize, de::DeserializeOwned};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, JsValue};

/// How deep a value may nest. What pages hold is a stranger's, and reading it follows its nesting on the stack.
const DEPTH: usize = 64;

/// A failure as the caller sees it.
#[derive(Clone, Debug, Serialize)]
pub struct Failure {
    /// Stable code: `bad-message`, `bad-rules`, `no-listing`, `storage-unavailable`, `storage-full`, `storage-damaged`.
    pub code: &'static str,
    /// What a person can do about it, in English; the interface has its own words for each code.
    pub message: String,
}

impl Failure {
    /// A failure with its code.
    pub fn new(code: &'static str, message: impl ToString) -> Self {
        Self { code, message: message.to_string() }
    }

    /// The value has the wrong shape.
    pub fn bad_message(message: impl ToString) -> Self {
        Self::new("bad-message", message)
    }
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        let object = Object::new();
        for (name, value) in [("code", failure.code), ("message", failure.message.as_str())] {
            // A new plain object takes any property.
            let _ = Reflect::set(&object, &name.into(), &value.into());
        }
        object.into()
    }
}

/// Reads a value that the browser hands in.
///
/// # Errors
/// `bad-message` where the shape is wrong, with the place.
pub fn read<T: DeserializeOwned>(what: &str, value: JsValue) -> Result<T, Failure> {
    if deeper_than(&value, DEPTH) {
        return Err(Failure::bad_message(format!("the {what} nests deeper than {DEPTH} levels")));
    }
    serde_wasm_bindgen::from_value(value).map_err(|error| Failure::bad_message(format!("the {what} has the wrong shape: {error}")))
}

/// Makes the plain value that the browser gets.
///
/// # Errors
/// `bad-message` where the value cannot be expressed, which no type of the core does.
pub fn write<T: Serialize>(value: &T) -> Result<JsValue, Failure> {
    value.serialize(&Serializer::json_compatible()).map_err(Failure::bad_message)
}

/// Whether a value nests deeper than `limit`, found without recursion.
fn deeper_than(value: &JsValue, limit: usize) -> bool {
    let mut open = vec![(value.clone(), 0)];
    while let Some((value, depth)) = open.pop() {
        let Some(object) = value.dyn_ref::<Object>() else { continue };
        if depth == limit {
            return true;
        }
        let inner = match object.dyn_ref::<Array>() {
            Some(array) => array.clone(),
            None => Object::values(object),
        };
        open.extend(inner.iter().filter(JsValue::is_object).map(|v| (v, depth + 1)));
    }
    false
}
