//! Values of a page's state scripts: the JSON after a marker, and the values at an adapter's paths.

use serde_json::Value;

/// The JSON value that follows `after` in a script; other code may follow it. Where `after` holds a backslash, both lie in a text of the script.
pub(super) fn json(script: &str, after: &str) -> Option<Value> {
    let rest = &script[script.find(after)? + after.len()..];
    let said = after.contains('\\').then(|| unescaped(rest));
    let rest = said.as_deref().unwrap_or(rest);
    let start = if after.is_empty() {
        rest.trim_start()
    } else {
        rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | ':' | '('))
    };
    serde_json::Deserializer::from_str(start).into_iter::<Value>().next()?.ok()
}

/// What a text of a script says; `\u0041` is left to the JSON in it, which says the same by it.
fn unescaped(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek() != Some(&'u') => said.extend(chars.next()),
            c => said.push(c),
        }
    }
    said
}

/// The value at a path such as `a.b[0].c`; `[*]` collects a value for each element, null where it has none.
pub(super) fn at(value: &Value, path: &str) -> Option<Value> {
    let path = path.trim_start_matches('.');
    if path.is_empty() {
        return Some(value.clone());
    }
    if let Some(inside) = path.strip_prefix('[') {
        let (index, rest) = inside.split_once(']')?;
        let values = value.as_array()?;
        return match index {
            "*" => Some(values.iter().map(|value| at(value, rest).unwrap_or(Value::Null)).collect()),
            index => at(values.get(index.parse::<usize>().ok()?)?, rest),
        };
    }
    let end = path.find(['.', '[']).unwrap_or(path.len());
    at(value.get(&path[..end])?, &path[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_found_after_a_marker_and_other_code_may_follow() {
        let script = "var x=1; window.state = {\"a\":{\"b\":[{\"c\":\"1\"},{},{\"c\":3}]}}; run();";
        let value = json(script, "window.state").unwrap();
        assert_eq!(at(&value, "a.b[0].c"), Some("1".into()));
        assert_eq!(at(&value, "a.b[*].c"), Some(serde_json::json!(["1", null, 3])));
        assert_eq!(at(&value, "a.x"), None);
        assert_eq!(at(&value, "a.b[9]"), None);
        assert_eq!(json(script, "window.other"), None);
        assert_eq!(json("{broken", ""), None);
    }

    #[test]
    fn json_may_lie_in_a_text_of_the_script() {
        let script = r#"push([1,"a:{\"goods\":[{\"name\":\"15\\\" lamp \\u0026 shade\u0026more\",\"n\":2}],\"x\":1}\n"])"#;
        let value = json(script, r#"\"goods\":"#).unwrap();
        assert_eq!(at(&value, "[*].name"), Some(serde_json::json!(["15\" lamp & shade&more"])));
        assert_eq!(at(&value, "[0].n"), Some(2.into()));
    }
}
