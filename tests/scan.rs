//! The contract of `touchstone scan`: what it prints, what it refuses, and its exit statuses.
#![allow(clippy::unwrap_used, reason = "a test's helpers are tests")]

use serde_json::Value;
use std::io::Write;
use std::process::{Command, Output, Stdio};

const PAGE: &str = "<!doctype html><html lang=en><link rel=canonical href='https://shop.example/p/1'>\
    <script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@type\":\"Product\",\"name\":\"Oak stool\",\
    \"offers\":{\"@type\":\"Offer\",\"price\":\"45.00\",\"priceCurrency\":\"EUR\"}}</script><h1>Oak stool</h1>";

fn scan(arguments: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
    let command = command.arg("scan").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that refuses its arguments does not read.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_page_gives_one_json_object_with_facts_and_assessment() {
    let output = scan(&["-"], PAGE.as_bytes());
    let page: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        (&page["schema"], &page["source"], &page["url"], &page["page"]),
        (&1.into(), &"-".into(), &"https://shop.example/p/1".into(), &"product".into())
    );
    assert!(page.get("marketplace").is_none());
    let listing = &page["listings"][0];
    assert_eq!(listing["title"], "Oak stool");
    assert_eq!(listing["price"], serde_json::json!({"min": "45.00", "max": "45.00", "currency": "EUR"}));
    assert!(listing.get("seller").is_none());
    assert_eq!(listing["assessment"]["level"], "unknown");
}

#[test]
fn text_is_for_reading() {
    let output = scan(&["--format", "text", "-"], PAGE.as_bytes());
    assert!(String::from_utf8(output.stdout).unwrap().contains("price: 45.00 EUR"));
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_still_read() {
    let output = scan(&["/nowhere/page.html", "-"], PAGE.as_bytes());
    let (status, error) = said(&output);
    assert_eq!(status, Some(1));
    assert!(error.contains("/nowhere/page.html cannot be read"), "{error}");
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 1);
}

#[test]
fn empty_oversized_and_foreign_files_are_refused() {
    for (input, word) in
        [(Vec::new(), "empty"), (b"words".to_vec(), "no HTML"), (vec![b'<'; 33 << 20], "32 MB"), (b"<p>x".to_vec(), "--url")]
    {
        let (status, error) = said(&scan(&["-"], &input));
        assert_eq!(status, Some(1));
        assert!(error.contains(word), "{error}");
    }
}

#[test]
fn unusable_arguments_give_status_two() {
    for arguments in [&[][..], &["--format", "xml", "-"], &["--url", "https://a.example", "-", "-"]] {
        assert_eq!(scan(arguments, b"").status.code(), Some(2), "{arguments:?}");
    }
}
