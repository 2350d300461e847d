//! Patterns as data: `{}` captures, `{#}` captures digits alone, `*` is any run of characters, `#` any digit, everything else stands for itself, in texts without regard to case.
//!
//! They are no regular expressions, so that a data file cannot make a page slow: a match costs the length of the text times the number of
//! the template's parts, whatever the text.

/// Texts longer than this fit no template.
const LONGEST: usize = 4096;

/// A compiled template.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    parts: Vec<Part>,
    address: bool,
    exact: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Char(char),
    Digit,
    Any,
    Capture,
    CaptureDigits,
}

impl Part {
    fn captures(&self) -> bool {
        matches!(self, Self::Capture | Self::CaptureDigits)
    }
}

impl Template {
    /// A template that a whole text must fit. Its captures hold any characters.
    pub(crate) fn text(source: &str) -> Result<Self, String> {
        Self::compile(source, false, false)
    }

    /// A template that a whole path and query must fit, letter by letter: the content script asks the same question.
    pub(crate) fn path(source: &str) -> Result<Self, String> {
        Self::compile(source, false, true)
    }

    /// A template that the beginning of an address's path and query must fit, up to the end or one of `/ ? & #`. Its captures hold none of these.
    pub(crate) fn address(source: &str) -> Result<Self, String> {
        Self::compile(source, true, false)
    }

    fn compile(source: &str, address: bool, exact: bool) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut chars = source.chars().peekable();
        while let Some(c) = chars.next() {
            parts.push(match c {
                '{' if chars.next_if_eq(&'}').is_some() => Part::Capture,
                '{' if chars.next_if_eq(&'#').is_some() && chars.next_if_eq(&'}').is_some() => Part::CaptureDigits,
                '{' | '}' => return Err(format!("template {source:?}: `{{}}` and `{{#}}` are the only uses of braces")),
                '*' => Part::Any,
                '#' => Part::Digit,
                c => Part::Char(if exact { c } else { lower(c) }),
            });
        }
        if parts.is_empty() {
            return Err("an empty template fits nothing; leave it out".into());
        }
        if parts.iter().filter(|part| part.captures()).count() > 1 {
            return Err(format!("template {source:?} captures more than once"));
        }
        Ok(Self { parts, address, exact })
    }

    /// Whether the template says which part of the text is the value.
    pub(crate) fn captures(&self) -> bool {
        self.parts.iter().any(Part::captures)
    }

    /// Whether the text fits.
    pub(crate) fn fits(&self, text: &str) -> bool {
        self.capture(text).is_some()
    }

    /// The captured part of a text that fits, the whole text where the template captures nothing. The shortest capture that fits is taken.
    pub(crate) fn capture(&self, text: &str) -> Option<String> {
        let text: Vec<char> = text.chars().take(LONGEST + 1).collect();
        if text.len() > LONGEST {
            return None;
        }
        let (rows, width) = (self.parts.len() + 1, text.len() + 1);
        // fit[part][at]: whether the parts from `part` on fit the text from `at` on.
        let mut fit = vec![false; rows * width];
        for (at, cell) in fit[self.parts.len() * width..].iter_mut().enumerate() {
            *cell = at == text.len() || self.address && delimits(text[at]);
        }
        for part in (0..self.parts.len()).rev() {
            for at in (0..width).rev() {
                let next = |fit: &[bool], part: usize, at: usize| at < width && fit[part * width + at];
                fit[part * width + at] = match self.parts[part] {
                    Part::Char(c) => {
                        at < text.len() && (text[at] == c || !self.exact && lower(text[at]) == c) && next(&fit, part + 1, at + 1)
                    }
                    Part::Digit => at < text.len() && text[at].is_ascii_digit() && next(&fit, part + 1, at + 1),
                    Part::Any => next(&fit, part + 1, at) || next(&fit, part, at + 1),
                    Part::CaptureDigits if !text.get(at).is_some_and(char::is_ascii_digit) => false,
                    Part::Capture | Part::CaptureDigits => {
                        self.holds(text.get(at)) && (next(&fit, part + 1, at + 1) || next(&fit, part, at + 1))
                    }
                };
            }
        }
        if !fit[0] {
            return None;
        }
        let (mut at, mut captured) = (0, None);
        for (part, kind) in self.parts.iter().enumerate() {
            let from = at;
            let rest = &fit[(part + 1) * width..(part + 2) * width];
            match kind {
                Part::Char(_) | Part::Digit => at += 1,
                Part::Any => at += rest[at..].iter().position(|&f| f)?,
                Part::Capture | Part::CaptureDigits => {
                    at += 1 + rest[at + 1..].iter().position(|&f| f)?;
                    captured = Some(text[from..at].iter().collect::<String>());
                }
            }
        }
        Some(captured.unwrap_or_else(|| text.iter().collect()))
    }

    fn holds(&self, c: Option<&char>) -> bool {
        c.is_some_and(|&c| !self.address || !delimits(c))
    }
}

/// The address that a template without wildcards gives for a value.
pub(crate) fn fill(source: &str, value: &str) -> String {
    source.replacen("{}", value, 1)
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn delimits(c: char) -> bool {
    matches!(c, '/' | '?' | '&' | '#')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(template: &str, text: &str) -> Option<String> {
        Template::text(template).unwrap().capture(text)
    }

    #[test]
    fn a_capture_ends_where_the_rest_of_the_text_fits() {
        assert_eq!(text("Visit the {} Store", "Visit the App Store Store").as_deref(), Some("App Store"));
        assert_eq!(text("ブランド: {}", "ブランド: 香源").as_deref(), Some("香源"));
        assert_eq!(text("Visit the {} Store", "Visit the  Shop"), None);
        assert_eq!(text("* of ## {}", "1 of 23 things").as_deref(), Some("things"));
    }

    #[test]
    fn case_does_not_matter_and_a_template_without_capture_gives_the_text() {
        assert_eq!(text("sold by *", "SOLD BY Us").as_deref(), Some("SOLD BY Us"));
    }

    #[test]
    fn a_path_is_compared_letter_by_letter() {
        assert!(Template::path("*/dp/*").unwrap().fits("/x/dp/1"));
        assert!(!Template::path("*/dp/*").unwrap().fits("/x/DP/1"));
    }

    #[test]
    fn an_address_may_go_on_after_a_delimiter_only() {
        let dp = Template::address("*/dp/{}").unwrap();
        assert_eq!(dp.capture("/Some-Thing/dp/B00N150YS4/ref=x?y=1").as_deref(), Some("B00N150YS4"));
        assert_eq!(dp.capture("/dp/B00N150YS4").as_deref(), Some("B00N150YS4"));
        let id = Template::address("/item.htm?*&id={}").unwrap();
        assert_eq!(id.capture("/item.htm?spm=a.b&id=42&x=1").as_deref(), Some("42"));
        assert_eq!(Template::address("/gp/##").unwrap().capture("/gp/123"), None);
    }

    #[test]
    fn a_capture_may_be_of_digits_alone() {
        let item = Template::address("/itm/*/{#}").unwrap();
        assert_eq!(item.capture("/itm/some-lamp/123?x=1").as_deref(), Some("123"));
        assert_eq!(item.capture("/itm/some-lamp"), None);
        assert_eq!(Template::address("/p-{#}").unwrap().capture("/p-12a"), None);
        assert!(Template::text("{x}").is_err());
    }

    #[test]
    fn a_hostile_text_costs_no_more_than_its_length() {
        let long = "a".repeat(LONGEST);
        assert_eq!(text("*a*a*a*a*a*a*a*a*b", &long), None);
        assert_eq!(text("{}", &"a".repeat(LONGEST + 1)), None);
    }
}
