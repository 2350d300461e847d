//! Makes the atoms from `names.txt`, and the list of named characters from `characters.txt`.

use std::{env, error::Error, fs, path::Path};
use string_cache_codegen::AtomType;

/// Prefix and address of each namespace.
const NAMESPACES: [(&str, &str); 8] = [
    ("", ""),
    ("*", "*"),
    ("html", "http://www.w3.org/1999/xhtml"),
    ("xml", "http://www.w3.org/XML/1998/namespace"),
    ("xmlns", "http://www.w3.org/2000/xmlns/"),
    ("xlink", "http://www.w3.org/1999/xlink"),
    ("svg", "http://www.w3.org/2000/svg"),
    ("mathml", "http://www.w3.org/1998/Math/MathML"),
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=names.txt");
    println!("cargo::rerun-if-changed=characters.txt");
    let out = env::var("OUT_DIR")?;
    let mut atoms = Vec::new();
    let names = fs::read_to_string("names.txt")?;
    let mut local = AtomType::new("LocalName", "local_name!");
    for name in names.split_whitespace() {
        local.atom(name);
        local.atom(&name.to_ascii_lowercase());
    }
    local.write_to(&mut atoms)?;
    AtomType::new("Prefix", "namespace_prefix!").atoms(NAMESPACES.map(|(prefix, _)| prefix)).write_to(&mut atoms)?;
    AtomType::new("Namespace", "namespace_url!").atoms(NAMESPACES.map(|(_, address)| address)).write_to(&mut atoms)?;
    let mut text = String::from_utf8(atoms)?;
    text.push_str("#[macro_export] macro_rules! ns {\n");
    for (prefix, address) in NAMESPACES {
        text.push_str(&format!("({prefix}) => {{ $crate::namespace_url!({address:?}) }};\n"));
    }
    text.push_str("}\n");
    fs::write(Path::new(&out).join("atoms.rs"), text)?;
    fs::write(Path::new(&out).join("characters.txt"), characters(&fs::read_to_string("characters.txt")?)?)?;
    Ok(())
}

/// Each name with and, where it needs none, without its semicolon, sorted by bytes.
fn characters(source: &str) -> Result<String, Box<dyn Error>> {
    let mut lines = Vec::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        let (name, codes) =
            line.split_once(' ').ok_or_else(|| format!("characters.txt: {line:?}: a name and its code points are expected"))?;
        let mut named = String::new();
        for code in codes.split(' ') {
            named.push(
                u32::from_str_radix(code, 16)
                    .ok()
                    .and_then(char::from_u32)
                    .ok_or_else(|| format!("characters.txt: {code:?}: no code point"))?,
            );
        }
        if named == "\n" {
            named = "\\n".into();
        }
        let (name, needs_none) = name.strip_suffix('?').map_or((name, false), |name| (name, true));
        lines.push(format!("{name}; {named}"));
        if needs_none {
            lines.push(format!("{name} {named}"));
        }
    }
    // Names compare by bytes: no character of one sorts before the space.
    lines.sort();
    Ok(lines.join("\n"))
}
