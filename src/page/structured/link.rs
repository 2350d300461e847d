//! References between nodes: `{"@id": "#brand"}` in the place of the node that has this id, anywhere on the page.

use serde_json::{Map, Value};
use std::collections::HashMap;

/// References followed on one page, and nodes followed one inside the other.
const MOST: usize = 200;
const DEEPEST: usize = 4;
/// Nodes that hold more than this, as text, are not put in the place of a reference.
const LARGEST: usize = 20_000;

/// Puts nodes in the place of references to them.
pub(super) fn follow(values: &mut [Value]) {
    let mut nodes = HashMap::new();
    let mut open: Vec<&Value> = values.iter().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(values) => open.extend(values),
            Value::Object(node) => {
                if let (Some(id), true) = (id(node), !is_reference(node)) {
                    nodes.entry(id.to_owned()).or_insert_with(|| node.clone());
                }
                open.extend(node.values());
            }
            _ => {}
        }
    }
    nodes.retain(|_, node| serde_json::to_string(node).is_ok_and(|text| text.len() <= LARGEST));
    if nodes.is_empty() {
        return;
    }
    let mut left = MOST;
    for value in values {
        put(value, &nodes, 0, &mut left);
    }
}

/// serde_json reads no deeper than 128 levels, so recursion ends.
fn put(value: &mut Value, nodes: &HashMap<String, Map<String, Value>>, depth: usize, left: &mut usize) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| put(value, nodes, depth, left)),
        Value::Object(node) => {
            let target = id(node).filter(|_| is_reference(node)).and_then(|id| nodes.get(id));
            match target {
                Some(target) if depth < DEEPEST && *left > 0 => {
                    *left -= 1;
                    *node = target.clone();
                    node.values_mut().for_each(|value| put(value, nodes, depth + 1, left));
                }
                Some(_) => {}
                None => node.values_mut().for_each(|value| put(value, nodes, depth, left)),
            }
        }
        _ => {}
    }
}

fn id(node: &Map<String, Value>) -> Option<&str> {
    node.get("@id")?.as_str()
}

/// Whether a node says no more than which one is meant.
fn is_reference(node: &Map<String, Value>) -> bool {
    node.keys().all(|key| key == "@id" || key == "@type")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_reference_becomes_its_node_and_a_circle_ends() {
        let mut values =
            [json!({"@id": "#a", "name": "A", "brand": {"@id": "#b"}}), json!({"@id": "#b", "name": "B", "of": {"@id": "#a"}})];
        follow(&mut values);
        assert_eq!(values[0]["brand"]["name"], "B");
        assert_eq!(values[0]["brand"]["of"]["name"], "A");
        let mut alone = [json!({"brand": {"@id": "#nowhere"}})];
        follow(&mut alone);
        assert_eq!(alone[0]["brand"]["@id"], "#nowhere");
    }
}
