//! JSON as shops write it into pages: mended where only one meaning is possible, otherwise nothing.

use serde_json::Value;

/// The values of one script. Nesting deeper than serde_json's own bound is not read.
pub(super) fn values(text: &str) -> Vec<Value> {
    let text = unwrapped(text);
    if let Some(values) = parsed(text) {
        return values;
    }
    let mended = mended(text);
    if let Some(values) = parsed(&mended) {
        return values;
    }
    if text.contains("&quot;") || text.contains("&#34;") {
        let decoded = text.replace("&quot;", "\"").replace("&#34;", "\"").replace("&amp;", "&");
        return parsed(&self::mended(&decoded)).unwrap_or_default();
    }
    // What stands before the fault still counts.
    serde_json::Deserializer::from_str(&mended).into_iter().map_while(Result::ok).collect()
}

fn parsed(text: &str) -> Option<Vec<Value>> {
    serde_json::Deserializer::from_str(text).into_iter().collect::<Result<_, _>>().ok()
}

/// Without byte order mark, CDATA and HTML comment marks, and the semicolon of a statement.
fn unwrapped(text: &str) -> &str {
    let start = text.find(['{', '[']).unwrap_or(text.len());
    let before = &text[..start];
    // `<![CDATA[` brings a bracket of its own.
    let start = match before.rfind("<!") {
        Some(mark) if text[mark..].starts_with("<![CDATA[") => mark + "<![CDATA[".len(),
        _ => start,
    };
    let rest = text[start..].trim_start();
    let mut end = rest.trim_end();
    for mark in ["-->", "//]]>", "/*]]>*/", "]]>", "//", ";"] {
        end = end.strip_suffix(mark).unwrap_or(end).trim_end();
    }
    end
}

/// Without comments and commas before a closing bracket; control characters inside strings escaped.
fn mended(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut in_string = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' if in_string => {
                out.push(c);
                out.extend(chars.next());
            }
            '"' => {
                in_string = !in_string;
                out.push(c);
            }
            '\n' if in_string => out.push_str("\\n"),
            '\t' if in_string => out.push_str("\\t"),
            c if in_string && c.is_control() => out.push(' '),
            '/' if !in_string && chars.peek() == Some(&'*') => skip_comment(&mut chars),
            '/' if !in_string && chars.peek() == Some(&'/') => while chars.next_if(|&c| c != '\n').is_some() {},
            '}' | ']' if !in_string => {
                let kept = out.trim_end();
                if kept.ends_with(',') {
                    out.truncate(kept.len() - 1);
                }
                out.push(c);
            }
            ';' if !in_string => {}
            c => out.push(c),
        }
    }
    out
}

fn skip_comment(chars: &mut impl Iterator<Item = char>) {
    let mut last = ' ';
    chars.next();
    for c in chars {
        if last == '*' && c == '/' {
            return;
        }
        last = c;
    }
}
