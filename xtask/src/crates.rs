//! What each crate adds to the wasm: bytes of code by crate, from the names that the compiler leaves in the file before wasm-bindgen drops them.

use crate::{Outcome, report, root};
use std::{collections::BTreeMap, fs};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// Prints code bytes by crate, largest first, and the bytes of data.
pub fn list() -> Outcome {
    let path = root().join("target/wasm32-unknown-unknown/wasm/touchstone.wasm");
    let bytes = fs::read(&path).map_err(|e| format!("{}: {e}; run ./build.sh build first", path.display()))?;
    let mut imported = 0u32;
    let mut bodies = Vec::new();
    let mut names = BTreeMap::new();
    let mut data = 0;
    for payload in Parser::new(0).parse_all(&bytes) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.range().len()),
            Payload::DataSection(section) => data = section.range().len(),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(reader) = section.as_known() {
                    for part in reader {
                        if let Name::Function(map) = part? {
                            for naming in map {
                                let naming = naming?;
                                names.insert(naming.index, naming.name.to_owned());
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    for (index, size) in bodies.iter().enumerate() {
        let name = names.get(&(imported + u32::try_from(index)?)).map_or("", String::as_str);
        *sizes.entry(crate_of(name)).or_default() += size;
    }
    let mut sizes: Vec<_> = sizes.into_iter().collect();
    sizes.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    for (name, size) in sizes {
        report(&format!("{size:>9}  {name}"));
    }
    report(&format!("{data:>9}  (data: rules, tables, texts)"));
    Ok(())
}

/// The crate that a mangled function belongs to: that of the type for `<T as Trait>::method`, as it is the one that asked for the code.
fn crate_of(mangled: &str) -> String {
    let name = rustc_demangle::demangle(mangled).to_string();
    let path = name.trim_start_matches(['<', '&', '*', '[', '(']);
    let path = path.trim_start_matches("dyn ").trim_start_matches("mut ").trim_start_matches("impl ");
    let first: String = path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    if path[first.len()..].starts_with("::") || path[first.len()..].starts_with('[') { first } else { "(other)".into() }
}

#[cfg(test)]
mod tests {
    use super::crate_of;

    #[test]
    fn code_is_counted_for_the_crate_of_its_type() {
        assert_eq!(crate_of("_ZN7scraper4html4Html14parse_fragment17h0123456789abcdefE"), "scraper");
        assert_eq!(crate_of("memcpy"), "(other)");
    }
}
