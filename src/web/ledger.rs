//! The stored reports, in IndexedDB. The background may be ended between any two events, so every operation is one transaction: afterwards
//! either the old or the new state is there.

use super::{
    request::{Stopped, answer, failure, finish, first, late},
    values::{Failure, read, write},
};
use crate::notice::record::{Damage, Record, newest_first};
use js_sys::{Array, Function, Object, Reflect};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Event, IdbDatabase, IdbFactory, IdbObjectStore, IdbObjectStoreParameters, IdbOpenDbRequest, IdbTransaction};

const DATABASE: &str = "touchstone";
const VERSION: u32 = 1;
const REPORTS: &str = "reports";
const DAMAGED: &str = "damaged";

/// What keeping a report came to.
#[derive(Serialize)]
pub struct Kept {
    /// The record's key.
    pub id: String,
    /// Whether the listing was reported before; `record` is then the first report.
    pub again: bool,
    /// The record that is stored.
    pub record: Record,
}

/// The stored reports.
#[derive(Serialize)]
pub struct Reports {
    /// Newest first.
    pub reports: Vec<Record>,
    /// How many stored values could not be read; they are set aside, not deleted.
    pub damaged: u32,
}

/// An open connection, closed when dropped.
pub struct Ledger(IdbDatabase);

impl Drop for Ledger {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Ledger {
    /// Opens the database and makes it where it is not there yet.
    ///
    /// # Errors
    /// `storage-unavailable` where the browser refuses, is blocked or does not answer.
    pub async fn open() -> Result<Self, Failure> {
        let request = factory()?.open_with_u32(DATABASE, VERSION).map_err(|error| failure(&error))?;
        let made = request.clone();
        let upgrade = Closure::<dyn FnMut(Event)>::new(move |_| make_stores(&made));
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        let opened = first(&request, "success", &["error", "blocked"]).await;
        match opened {
            Ok(()) => request.result().map(|db| Self(db.unchecked_into())).map_err(|error| failure(&error)),
            Err(stopped) => {
                close_when_open(&request);
                // The browser may still ask for the stores, and without them this version would be there empty.
                upgrade.forget();
                Err(match (stopped, request.error()) {
                    (Stopped::Late, _) => late(),
                    (Stopped::Refused, Ok(Some(error))) => failure(&error.into()),
                    (Stopped::Refused, _) => late(),
                })
            }
        }
    }

    /// Stores a report, or finds the one stored before for the same listing.
    ///
    /// # Errors
    /// `storage-full`, `storage-unavailable`; `storage-damaged` where a later version stored a report that this one cannot read.
    pub async fn keep(&self, record: Record) -> Result<Kept, Failure> {
        let stores = self.stores("readwrite")?;
        let key = JsValue::from(record.key.as_str());
        let found = answer(&stores.reports.get(&key).map_err(|error| failure(&error))?).await?;
        if !found.is_undefined() {
            match stored(found.clone()) {
                Ok(first) => return Ok(Kept { id: first.key.clone(), again: true, record: first }),
                Err(later @ Damage::Later(_)) => return Err(Failure::new("storage-damaged", later)),
                Err(Damage::Shape(_)) => stores.set_aside(&key, &found)?,
            }
        }
        stores.reports.put(&write(&record)?).map_err(|error| failure(&error))?;
        finish(&stores.transaction).await?;
        Ok(Kept { id: record.key.clone(), again: false, record })
    }

    /// All reports. What cannot be read is moved to the store `damaged` and counted.
    ///
    /// # Errors
    /// `storage-unavailable`.
    pub async fn list(&self) -> Result<Reports, Failure> {
        match self.list_in("readwrite").await {
            // Moving needs room. Reading does not.
            Err(Failure { code: "storage-full", .. }) => self.list_in("readonly").await,
            other => other,
        }
    }

    async fn list_in(&self, mode: &str) -> Result<Reports, Failure> {
        let stores = self.stores(mode)?;
        let keys = stores.reports.get_all_keys().map_err(|error| failure(&error))?;
        let values = stores.reports.get_all().map_err(|error| failure(&error))?;
        let aside = stores.damaged.count().map_err(|error| failure(&error))?;
        let keys: Array = answer(&keys).await?.unchecked_into();
        let values: Array = answer(&values).await?.unchecked_into();
        let mut damaged = answer(&aside).await?.as_f64().unwrap_or_default() as u32;
        let mut reports = Vec::new();
        for (key, value) in keys.iter().zip(values.iter()) {
            match stored(value.clone()) {
                Ok(record) => reports.push(record),
                Err(damage) => {
                    damaged += 1;
                    if mode == "readwrite" && matches!(damage, Damage::Shape(_)) {
                        stores.set_aside(&key, &value)?;
                    }
                }
            }
        }
        finish(&stores.transaction).await?;
        Ok(Reports { reports: newest_first(reports), damaged })
    }

    /// The report of a listing; none where there is none or where it cannot be read.
    ///
    /// # Errors
    /// `storage-unavailable`.
    pub async fn find(&self, key: &str) -> Result<Option<Record>, Failure> {
        let stores = self.stores("readonly")?;
        let found = answer(&stores.reports.get(&key.into()).map_err(|error| failure(&error))?).await?;
        Ok(stored(found).ok())
    }

    /// Deletes a report; it is no error when there is none.
    ///
    /// # Errors
    /// `storage-unavailable`.
    pub async fn delete(&self, key: &str) -> Result<(), Failure> {
        let stores = self.stores("readwrite")?;
        stores.reports.delete(&key.into()).map_err(|error| failure(&error))?;
        finish(&stores.transaction).await
    }

    /// Everything as it is stored, also what cannot be read.
    ///
    /// # Errors
    /// `storage-unavailable`.
    pub async fn export(&self) -> Result<JsValue, Failure> {
        let stores = self.stores("readonly")?;
        let reports = stores.reports.get_all().map_err(|error| failure(&error))?;
        let damaged = stores.damaged.get_all().map_err(|error| failure(&error))?;
        let (reports, damaged) = (answer(&reports).await?, answer(&damaged).await?);
        let export = Object::new();
        for (name, value) in [("schema", VERSION.into()), ("reports", reports), ("damaged", damaged)] {
            Reflect::set(&export, &name.into(), &value).map_err(|error| failure(&error))?;
        }
        Ok(export.into())
    }

    /// Begins a transaction over both stores that counts as finished only when it is on the disk.
    fn stores(&self, mode: &str) -> Result<Stores, Failure> {
        let begin = || -> Result<Stores, JsValue> {
            let options = Object::new();
            Reflect::set(&options, &"durability".into(), &"strict".into())?;
            let names = Array::of2(&REPORTS.into(), &DAMAGED.into());
            // web-sys offers the options only to programs built with its unstable interfaces.
            let transaction: Function = Reflect::get(&self.0, &"transaction".into())?.dyn_into()?;
            let transaction: IdbTransaction = transaction.call3(&self.0, &names, &mode.into(), &options)?.unchecked_into();
            Ok(Stores { reports: transaction.object_store(REPORTS)?, damaged: transaction.object_store(DAMAGED)?, transaction })
        };
        begin().map_err(|error| failure(&error))
    }
}

/// Both stores within one transaction.
struct Stores {
    transaction: IdbTransaction,
    reports: IdbObjectStore,
    damaged: IdbObjectStore,
}

impl Stores {
    /// Moves a value that cannot be read out of the way.
    fn set_aside(&self, key: &JsValue, value: &JsValue) -> Result<(), Failure> {
        let moved = || -> Result<(), JsValue> {
            let entry = Object::new();
            Reflect::set(&entry, &"key".into(), key)?;
            Reflect::set(&entry, &"value".into(), value)?;
            self.damaged.put(&entry)?;
            self.reports.delete(key)?;
            Ok(())
        };
        moved().map_err(|error| {
            // Half a move would leave the value in both stores.
            let _ = self.transaction.abort();
            failure(&error)
        })
    }
}

/// Reads a stored value.
fn stored(value: JsValue) -> Result<Record, Damage> {
    // The version comes first: a later shape need not fit this type.
    let schema = Reflect::get(&value, &"schema".into()).ok().and_then(|v| v.as_f64());
    if let Some(schema) = schema.filter(|s| *s > f64::from(crate::notice::record::SCHEMA)) {
        return Err(Damage::Later(schema as u32));
    }
    read::<Record>("stored report", value).map_err(|failure| Damage::Shape(failure.message))?.checked()
}

/// The browser's databases, in a worker as in a page.
fn factory() -> Result<IdbFactory, Failure> {
    let found = Reflect::get(&js_sys::global(), &"indexedDB".into()).map_err(|error| failure(&error))?;
    if found.is_object() { Ok(found.unchecked_into()) } else { Err(failure(&JsValue::NULL)) }
}

/// Makes the stores of version 1.
fn make_stores(request: &IdbOpenDbRequest) {
    // Where this fails the browser ends the upgrade and the open request with an error, which is answered there.
    let Ok(db) = request.result().map(JsCast::unchecked_into::<IdbDatabase>) else { return };
    let by_key = IdbObjectStoreParameters::new();
    by_key.set_key_path(&"key".into());
    let numbered = IdbObjectStoreParameters::new();
    numbered.set_auto_increment(true);
    let _ = db.create_object_store_with_optional_parameters(REPORTS, &by_key);
    let _ = db.create_object_store_with_optional_parameters(DAMAGED, &numbered);
}

/// Closes a connection that comes after nobody waits for it any more; left open it would block a later version.
fn close_when_open(request: &IdbOpenDbRequest) {
    let opened = request.clone();
    let close = Closure::once_into_js(move || {
        if let Ok(db) = opened.result() {
            db.unchecked_into::<IdbDatabase>().close();
        }
    });
    request.set_onsuccess(Some(close.unchecked_ref()));
}
