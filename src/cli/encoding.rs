//! The text of a saved page: its encoding is found as a browser finds it, because pages in GBK and Shift_JIS exist.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};
use regex::bytes::Regex;
use std::sync::LazyLock;

/// How far a declaration is looked for, in bytes.
const PRESCAN: usize = 1024;

/// Decodes a page: byte order mark, else the declaration in its first 1,024 bytes, else UTF-8 where the bytes are that, else windows-1252.
pub fn decode(bytes: &[u8]) -> String {
    let (encoding, bom) = Encoding::for_bom(bytes).unwrap_or_else(|| (guess(bytes), 0));
    encoding.decode_without_bom_handling(&bytes[bom..]).0.into_owned()
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    declared(&bytes[..bytes.len().min(PRESCAN)]).unwrap_or_else(|| if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 })
}

/// A comment, or a `meta` element that declares an encoding (`charset=x`, also inside a `content` attribute).
static DECLARATION: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?is)<!--.*?-->|<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([^\s"'>;/]+)"#).ok());

/// The encoding that the first `meta` element outside comments declares.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let labels = DECLARATION.as_ref()?.captures_iter(head).filter_map(|found| found.get(1));
    let encoding = labels.filter_map(|label| Encoding::for_label(label.as_bytes())).next()?;
    // A page that could declare this in ASCII is in neither.
    Some(if [UTF_16BE, UTF_16LE, X_USER_DEFINED].contains(&encoding) { UTF_8 } else { encoding })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declared_encoding_is_used() {
        let (gbk, ..) = Encoding::for_label(b"gbk").unwrap().encode("<meta http-equiv=x content='text/html; charset=GBK'><p>手机");
        assert!(decode(&gbk).ends_with("手机"));
        let (jis, ..) = Encoding::for_label(b"shift_jis").unwrap().encode("<meta charset=\"Shift_JIS\" /><p>時計");
        assert!(decode(&jis).ends_with("時計"));
    }

    #[test]
    fn a_byte_order_mark_wins_and_is_no_text() {
        assert_eq!(decode("\u{feff}<meta charset=gbk>é".as_bytes()), "<meta charset=gbk>é");
    }

    #[test]
    fn without_declaration_the_bytes_decide() {
        assert_eq!(decode("<p>é".as_bytes()), "<p>é");
        assert_eq!(decode(b"<p>\xe9"), "<p>é");
        assert!(decode(b"<!-- <meta charset=gbk> --><p>\xe9").ends_with("é"));
    }
}
