//! What of a script no browser needs: comments, indentation, spaces beside punctuation, lines within brackets, names of plain numbers. Other names
//! and statements stay, so that the shipped file can be read and its errors be found. It knows the forms in which scripts are written here and is
//! no parser.

use std::{collections::BTreeMap, iter::Peekable, str::Chars};

/// Beside these a space says nothing.
const PUNCTUATION: &str = "=<>?:,;{}()[]|&!*";
/// Beside one of these as well, but not between two, which would be another operator.
const SIGNS: &str = "+-";
/// After these a slash begins a regular expression and is no division.
const BEFORE_EXPRESSION: &str = "=<>?:,;{}(|&[!\n";

/// The script without what no browser needs.
pub fn script(script: &str) -> String {
    with_numbers(&tight(&without_comments(script)))
}

/// A script with each constant in capitals that is a plain number as that number. Where one name stands for two, both stay.
fn with_numbers(script: &str) -> String {
    let constant = |line: &str| {
        let (name, number) = line.strip_prefix("const ")?.strip_suffix(';')?.split_once('=')?;
        let is_name = name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
        let is_number = number.bytes().all(|b| b.is_ascii_digit() || b == b'_') && number.starts_with(|c: char| c.is_ascii_digit());
        (is_name && is_number).then(|| (name.to_owned(), number.replace('_', "")))
    };
    let mut numbers: BTreeMap<String, Option<String>> = BTreeMap::new();
    for (name, number) in script.lines().filter_map(constant) {
        numbers.entry(name).and_modify(|known| *known = None).or_insert(Some(number));
    }
    let number = |name: &str| numbers.get(name).and_then(Option::as_deref);
    let mut out = String::with_capacity(script.len());
    for line in script.lines().filter(|line| constant(line).is_none_or(|(name, _)| number(&name).is_none())) {
        let mut rest = line;
        while !rest.is_empty() {
            let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
            let word = &rest[..rest.find(|c| !is_word(c)).unwrap_or(rest.len())];
            // Of another thing's property of that name nothing is known.
            let is_own = !out.ends_with('.');
            out.push_str(number(word).filter(|_| is_own).unwrap_or(word));
            let between = &rest[word.len()..];
            let next = between.find(is_word).unwrap_or(between.len());
            out.push_str(&between[..next]);
            rest = &between[next..];
        }
        out.push('\n');
    }
    out
}

/// A script without lines of comment, JSDoc casts, indentation and empty lines.
fn without_comments(script: &str) -> String {
    const CAST: &str = "/** @type {";
    let mut out = String::with_capacity(script.len());
    let mut inside = false;
    for line in script.lines().map(str::trim) {
        if inside || (line.starts_with("/**") && (!line.starts_with(CAST) || line.ends_with("*/"))) {
            inside = !line.ends_with("*/");
            continue;
        }
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        let mut rest = line;
        while let Some((before, cast)) = rest.split_once(CAST) {
            let Some((_, after)) = cast.split_once("*/") else { break };
            out.push_str(before);
            rest = after.trim_start();
        }
        out.push_str(rest);
        out.push('\n');
    }
    out
}

/// A script without the spaces beside punctuation; texts, templates and regular expressions are left as they are.
fn tight(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut rest = script.chars().peekable();
    while let Some(c) = rest.next() {
        let before = out.chars().next_back().unwrap_or('\n');
        match c {
            '}' => {
                // The last statement of a block ends with it.
                if before == ';' {
                    out.pop();
                }
                out.push('}');
            }
            ' ' if PUNCTUATION.contains(before) || rest.peek().is_some_and(|&next| PUNCTUATION.contains(next)) => {}
            ' ' if rest.peek().is_some_and(|&next| SIGNS.contains(before) != SIGNS.contains(next)) => {}
            // What is written over several lines for its length is one again.
            '\n' if "([,{".contains(before) || rest.peek().is_some_and(|&next| ")]}".contains(next)) => {}
            '"' | '\'' => quoted(&mut rest, c, &mut out),
            '/' if rest.peek() == Some(&'/') => while rest.next_if(|&c| c != '\n').is_some() {},
            '/' if BEFORE_EXPRESSION.contains(before) => quoted(&mut rest, c, &mut out),
            '`' => template(&mut rest, &mut out),
            _ => out.push(c),
        }
    }
    out
}

/// Copies a text or a regular expression to its end; a slash in a class of characters ends none.
fn quoted(rest: &mut Peekable<Chars>, quote: char, out: &mut String) {
    out.push(quote);
    let mut class = false;
    while let Some(c) = rest.next() {
        out.push(c);
        match c {
            '\\' => out.extend(rest.next()),
            '[' if quote == '/' => class = true,
            ']' => class = false,
            _ if c == quote && !class => return,
            _ => {}
        }
    }
}

/// Copies a template to its end, with the templates that stand in its values.
fn template(rest: &mut Peekable<Chars>, out: &mut String) {
    out.push('`');
    let mut depth = 0_usize;
    while let Some(c) = rest.next() {
        if depth > 0 && c == '`' {
            template(rest, out);
            continue;
        }
        out.push(c);
        match c {
            '\\' => out.extend(rest.next()),
            '`' => return,
            '$' if depth == 0 && rest.peek() == Some(&'{') => {
                depth = 1;
                out.extend(rest.next());
            }
            '{' if depth > 0 => depth += 1,
            '}' if depth > 0 => depth -= 1,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_loses_its_comments_and_nothing_else() {
        let script = "// Says why.\n\n/**\n * A thing.\n */\n  const a = /** @type {string} */ (b);\n  /** @type {any[]} */\n  \
                      const url = \"https://shop.example/*\"; // stays\n/** One line. */\n";
        assert_eq!(without_comments(script), "const a = (b);\nconst url = \"https://shop.example/*\"; // stays\n");
    }

    #[test]
    fn spaces_go_where_they_say_nothing() {
        assert_eq!(tight("if (a && b) { return c ? 1 : -1; } else x = y - -z;\n"), "if(a&&b){return c?1:-1}else x=y- -z;\n");
        assert_eq!(tight("a + b - c++ + d - 1"), "a+b-c++ +d-1");
        assert_eq!(tight("const f = async (a, b) => a in b;"), "const f=async(a,b)=>a in b;");
        assert_eq!(tight("f(\na,\nb,\n);"), "f(a,b,);");
        assert_eq!(tight("{\na;\n}\nb;\n"), "{a}\nb;\n");
    }

    #[test]
    fn texts_templates_and_expressions_stay() {
        for whole in ["\"a = b; \\\" ( c\"", "`a : ${b ? `c = ${d}` : { e }} ; f`", "/[/ ,] = \\/ , /u"] {
            assert_eq!(tight(&format!("x = {whole} , y")), format!("x={whole},y"));
        }
        assert_eq!(tight("a / b , c / d; // it's , so,\nx = y"), "a / b,c / d;\nx=y");
    }

    #[test]
    fn names_of_numbers_are_the_numbers() {
        let script = "const MOST=1_500;\nconst MOST_ROWS=MOST;\nconst NAME=\"a\";\nif(a.MOST>MOST)f(`${MOST}px`,$MOST);\n";
        assert_eq!(with_numbers(script), "const MOST_ROWS=1500;\nconst NAME=\"a\";\nif(a.MOST>1500)f(`${1500}px`,$MOST);\n");
        let twice = "const A=1;\nconst A=2;\n";
        assert_eq!(with_numbers(twice), twice);
    }
}
