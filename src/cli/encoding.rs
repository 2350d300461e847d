//! The text of a saved page: its encoding is found as a browser finds it, because pages in GBK and Shift_JIS exist.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

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

/// The encoding that a `meta` element declares.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head: String = head.iter().map(|&b| b.to_ascii_lowercase() as char).collect();
    let mut rest = head.as_str();
    loop {
        let comment = rest.find("<!--");
        let meta = rest.find("<meta")?;
        if let Some(comment) = comment.filter(|&at| at < meta) {
            let inside = &rest[comment + 4..];
            rest = &inside[inside.find("-->")? + 3..];
            continue;
        }
        let tag = &rest[meta + 5..];
        let end = tag.find('>')?;
        if let Some(encoding) = charset(&tag[..end]) {
            return Some(encoding);
        }
        rest = &tag[end..];
    }
}

/// `charset = "x"` inside a tag.
fn charset(tag: &str) -> Option<&'static Encoding> {
    let after = tag[tag.find("charset")? + "charset".len()..].trim_start().strip_prefix('=')?.trim_start();
    let label = after.trim_start_matches(['"', '\'']).split(['"', '\'', ';', ' ', '/']).next()?;
    let encoding = Encoding::for_label(label.as_bytes())?;
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
