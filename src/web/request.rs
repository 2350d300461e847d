//! Waiting for IndexedDB: its events as futures, its errors as failures, and a limit to every wait.

use super::values::Failure;
use gloo::timers::callback::Timeout;
use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, EventTarget, IdbRequest, IdbTransaction};

/// How long one answer may take, in milliseconds. A blocked or lost database never answers.
const LIMIT: u32 = 8_000;

/// Waits for a request's result.
///
/// # Errors
/// `storage-full`, or `storage-unavailable` with the browser's reason.
pub async fn answer(request: &IdbRequest) -> Result<JsValue, Failure> {
    match first(request, "success", &["error"]).await {
        Ok(()) => request.result().map_err(|error| failure(&error)),
        Err(Stopped::Refused) => Err(failure(&request.error().ok().flatten().map_or(JsValue::NULL, JsValue::from))),
        Err(Stopped::Late) => Err(late()),
    }
}

/// Waits until a transaction has reached the disk.
///
/// # Errors
/// As [`answer`]; the transaction has then left the old state.
pub async fn finish(transaction: &IdbTransaction) -> Result<(), Failure> {
    match first(transaction, "complete", &["abort", "error"]).await {
        Ok(()) => Ok(()),
        Err(Stopped::Refused) => Err(failure(&transaction.error().map_or(JsValue::NULL, JsValue::from))),
        Err(Stopped::Late) => Err(late()),
    }
}

/// The browser's error as a failure.
pub fn failure(error: &JsValue) -> Failure {
    let (name, message) = match error.dyn_ref::<DomException>() {
        Some(error) => (error.name(), error.message()),
        None => (String::new(), String::new()),
    };
    if name == "QuotaExceededError" {
        return Failure::new("storage-full", "the browser's storage is full; free some space, or delete old reports, and report again");
    }
    let reason = if name.is_empty() { "no reason given".to_owned() } else { format!("{name}: {message}") };
    Failure::new("storage-unavailable", format!("the browser does not give access to the stored reports ({reason})"))
}

/// Why a wait ended without the event waited for.
pub enum Stopped {
    /// One of the events that mean failure came.
    Refused,
    /// Nothing came in time.
    Late,
}

/// Waits for the first of some events. The listeners are a promise's own functions, so nothing has to outlive the wait.
pub async fn first(target: &EventTarget, good: &str, bad: &[&str]) -> Result<(), Stopped> {
    let event = Promise::new(&mut |resolve, reject| {
        // Adding a function as a listener fails for no event name.
        let _ = target.add_event_listener_with_callback(good, &resolve);
        for name in bad {
            let _ = target.add_event_listener_with_callback(name, &reject);
        }
    });
    let mut timer = None;
    let limit = Promise::new(&mut |_, reject| {
        timer = Some(Timeout::new(LIMIT, move || {
            let _ = reject.call0(&JsValue::NULL);
        }));
    });
    let result = JsFuture::from(Promise::race(&Array::of2(&event, &limit))).await;
    drop(timer);
    match result {
        Ok(_) => Ok(()),
        Err(reason) if reason.is_undefined() => Err(Stopped::Late),
        Err(_) => Err(Stopped::Refused),
    }
}

/// The failure of a wait that took too long.
pub fn late() -> Failure {
    Failure::new("storage-unavailable", "the browser's storage does not answer; close other windows of this browser or restart it")
}
