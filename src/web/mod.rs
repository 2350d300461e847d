//! The calls that the browser makes: values in, values out, never a handle. The only module that knows a browser.
//!
//! Every export throws or rejects with a plain `{code, message}`. A panic ends the instance; its message is in the console, and the caller
//! starts a new one.

mod ledger;
mod request;
mod values;

use crate::{
    carried::Carried,
    market::Drift,
    memory::Memory,
    notice::{Context, Desk, DraftError, record::Record},
    page::Snapshot,
    rules_error::RulesError,
};
use ledger::Ledger;
use std::cell::OnceCell;
use values::{Failure, read, write};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

thread_local! {
    static CORE: OnceCell<Result<Carried, RulesError>> = const { OnceCell::new() };
}

/// Calls `work` with the core.
fn with_core<T>(work: impl FnOnce(&Carried) -> Result<T, Failure>) -> Result<T, Failure> {
    CORE.with(|core| match core.get() {
        Some(Ok(core)) => work(core),
        Some(Err(error)) => Err(Failure::new("bad-rules", error)),
        None => Err(Failure::new("not-started", "the core was not started: call start with the compiled data files")),
    })
}

/// What drafts notices.
fn desk(core: &Carried) -> Result<&Desk, Failure> {
    core.desk().map_err(|error| Failure::new("bad-rules", error))
}

/// To be called once after the module is loaded: a panic's message goes to the console, and the compiled data files are read.
///
/// # Errors
/// `bad-rules`.
#[wasm_bindgen]
pub fn start(rules: &[u8]) -> Result<(), JsValue> {
    console_error_panic_hook::set_once();
    CORE.with(|core| core.get_or_init(|| Carried::read(rules)).is_ok());
    Ok(with_core(|_| Ok(()))?)
}

/// Judges a page: a snapshot and what the user said before in, a report out.
///
/// # Errors
/// `bad-message` where snapshot or memory have the wrong shape, `bad-rules`.
#[wasm_bindgen]
pub fn inspect(snapshot: JsValue, memory: JsValue) -> Result<JsValue, JsValue> {
    let (snapshot, memory): (Snapshot, Memory) = (read("snapshot", snapshot)?, read("memory", memory)?);
    Ok(with_core(|core| write(&core.engine.inspect(&snapshot, &memory)))?)
}

/// Drafts the report of one listing of a page: a snapshot, the listing's index in its report, `{language, country?, now}` and what the user
/// said before in, a record out. Stores nothing.
///
/// # Errors
/// `bad-message`, `no-listing`, `bad-rules`.
#[wasm_bindgen]
pub fn draft(snapshot: JsValue, index: JsValue, context: JsValue, memory: JsValue) -> Result<JsValue, JsValue> {
    let (snapshot, index, context): (Snapshot, usize, Context) =
        (read("snapshot", snapshot)?, read("index", index)?, read("context", context)?);
    let memory: Memory = read("memory", memory)?;
    Ok(with_core(|core| {
        let context = context.on(&snapshot.url, core.engine.markets());
        let report = core.engine.inspect(&snapshot, &memory);
        write(&desk(core)?.draft(&report, index, &context).map_err(refused)?)
    })?)
}

/// A case to paste where a wrong warning is reported: facts, signals, version and date of the data, nothing personal.
///
/// # Errors
/// `bad-message`, `no-listing`, `bad-rules`.
#[wasm_bindgen(js_name = falseAlarm)]
pub fn false_alarm(snapshot: JsValue, index: JsValue, memory: JsValue) -> Result<String, JsValue> {
    let (snapshot, index): (Snapshot, usize) = (read("snapshot", snapshot)?, read("index", index)?);
    let memory: Memory = read("memory", memory)?;
    Ok(with_core(|core| {
        let report = core.engine.inspect(&snapshot, &memory);
        desk(core)?.false_alarm(&report, index).map_err(refused)
    })?)
}

/// A note on a page that could not be read, to paste where the shop's rules are mended: `{url, readBy, structure}` in, a text out that holds
/// nothing of the page but how it is built.
///
/// # Errors
/// `bad-message`, `no-listing` where no rules read the address, `bad-rules`.
#[wasm_bindgen]
pub fn drift(drift: JsValue) -> Result<String, JsValue> {
    let drift: Drift = read("drift", drift)?;
    let none = || Failure::new("no-listing", "no shop's rules read this address");
    Ok(with_core(|core| core.engine.markets().drift(&drift).ok_or_else(none))?)
}

/// Stores a record, one for each listing; a second one finds the first: `{id, again, record}`.
///
/// # Errors
/// `bad-message`, `storage-full`, `storage-unavailable`, `storage-damaged`.
#[wasm_bindgen(js_name = keepReport)]
pub async fn keep_report(record: JsValue) -> Result<JsValue, JsValue> {
    let record = read::<Record>("record", record)?.checked().map_err(Failure::bad_message)?;
    Ok(write(&Ledger::open().await?.keep(record).await?)?)
}

/// The stored reports, newest first, and how many cannot be read: `{reports, damaged}`.
///
/// # Errors
/// `storage-unavailable`.
#[wasm_bindgen]
pub async fn reports() -> Result<JsValue, JsValue> {
    Ok(write(&Ledger::open().await?.list().await?)?)
}

/// The stored report of a listing, or null.
///
/// # Errors
/// `bad-message`, `storage-unavailable`.
#[wasm_bindgen(js_name = findReport)]
pub async fn find_report(key: JsValue) -> Result<JsValue, JsValue> {
    let key: String = read("key", key)?;
    Ok(write(&Ledger::open().await?.find(&key).await?)?)
}

/// Deletes the stored report of a listing; it is no error when there is none.
///
/// # Errors
/// `bad-message`, `storage-unavailable`.
#[wasm_bindgen(js_name = deleteReport)]
pub async fn delete_report(key: JsValue) -> Result<(), JsValue> {
    let key: String = read("key", key)?;
    Ok(Ledger::open().await?.delete(&key).await?)
}

/// Everything stored, also what cannot be read: `{schema, reports, damaged}`.
///
/// # Errors
/// `storage-unavailable`.
#[wasm_bindgen(js_name = exportReports)]
pub async fn export_reports() -> Result<JsValue, JsValue> {
    Ok(Ledger::open().await?.export().await?)
}

/// A draft that cannot be made.
fn refused(error: DraftError) -> Failure {
    match error {
        DraftError::NoListing { .. } => Failure::new("no-listing", error),
        DraftError::Time { .. } => Failure::bad_message(error),
    }
}
