//! Values of a page's state scripts: the JSON after a marker, and the values at an adapter's paths.

use serde_json::Value;

/// The JSON value that follows `after` in a script; other code may follow it.
pub(super) fn json(script: &str, after: &str) -> Option<Value> {
    let rest = &script[script.find(after)? + after.len()..];
    let start = if after.is_empty() {
        rest.trim_start()
    } else {
        rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | ':' | '('))
    };
    serde_json::Deserializer::from_str(start).into_iter::<Value>().next()?.ok()
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
}
