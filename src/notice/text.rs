//! A stranger's words as inert text of one line, and sentences filled with them.

/// Makes a page's words safe to stand in a notice: one line, no control that turns or hides text, at most `limit` characters.
pub fn inert(words: &str, limit: usize) -> String {
    // A bound before the work: a page may hand over a megabyte.
    let start: String = words.chars().take(limit.saturating_mul(8)).collect();
    let plain: String = start.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !hidden(*c)).collect();
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= limit {
        return line;
    }
    let mut cut: String = line.chars().take(limit.saturating_sub(1)).collect();
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

/// Format controls: bidirectional marks, joiners, tags, soft hyphens and the like. None is needed to read a quotation.
fn hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Fills `{name}` marks in one pass, so that a value which itself looks like a mark stays as it is. None where a value is missing.
pub fn fill(sentence: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut filled = String::with_capacity(sentence.len() + 64);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        filled.push_str(before);
        filled.push_str(&value(name)?);
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

/// Whether `text` is a UTC time in ISO 8601, to the minute or finer.
pub fn is_time(text: &str) -> bool {
    let shape = |part: &str, form: &str| {
        part.len() == form.len() && part.bytes().zip(form.bytes()).all(|(b, f)| if f == b'0' { b.is_ascii_digit() } else { b == f })
    };
    let Some(text) = text.strip_suffix('Z').filter(|t| t.is_ascii() && t.len() >= 16) else { return false };
    let (minute, rest) = text.split_at(16);
    shape(minute, "0000-00-00T00:00")
        && (rest.is_empty()
            || rest.len() >= 3
                && shape(&rest[..3], ":00")
                && (rest.len() == 3 || rest[3..].strip_prefix('.').is_some_and(|f| !f.is_empty() && f.bytes().all(|b| b.is_ascii_digit()))))
}

/// An address as it may be repeated: no fragment, no credentials, bounded.
pub fn address(url: &str, query: bool) -> String {
    let bounded = inert(url, 2_000);
    let Ok(mut parsed) = url::Url::parse(&bounded) else { return bounded };
    parsed.set_fragment(None);
    // Addresses that can have neither user nor password refuse; they carry none.
    let _ = parsed.set_username("");
    let _ = parsed.set_password(None);
    if !query {
        parsed.set_query(None);
    }
    parsed.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_stays_on_its_line_and_keeps_its_quotes() {
        assert_eq!(inert("Bag \"new\"\r\n5. Who reports\u{2028}\u{202e}x\u{0}y", 100), "Bag \"new\" 5. Who reports x y");
        assert_eq!(inert("<script>alert(1)</script>", 100), "<script>alert(1)</script>");
    }

    #[test]
    fn a_long_text_is_cut_with_a_mark() {
        let cut = inert(&"ab ".repeat(500_000), 10);
        assert_eq!(cut, "ab ab ab…");
    }

    #[test]
    fn a_value_that_looks_like_a_mark_is_not_filled() {
        assert_eq!(fill("{a} and {b}", |n| Some(if n == "a" { "{b}" } else { "B" }.into())).as_deref(), Some("{b} and B"));
        assert_eq!(fill("{a}", |_| None), None);
        assert_eq!(fill("{a", |_| Some(String::new())), None);
    }

    #[test]
    fn times_are_told_from_other_words() {
        for good in ["2026-11-22T09:30Z", "2026-11-22T09:30:00Z", "2026-11-22T09:30:00.123Z"] {
            assert!(is_time(good), "{good}");
        }
        for bad in
            ["", "Z", "2026-11-22", "2026-11-22T09:30:00", "yesterday, at half past nineZ", "2026-11-22T09:30:0Z", "２026-11-22T09:30Z"]
        {
            assert!(!is_time(bad), "{bad}");
        }
    }

    #[test]
    fn an_address_loses_what_is_not_its_own() {
        assert_eq!(address("https://me:secret@shop.example/a?b=1#c", true), "https://shop.example/a?b=1");
        assert_eq!(address("https://shop.example/a?b=1#c", false), "https://shop.example/a");
        assert_eq!(address("no address\n at all", true), "no address at all");
    }
}
