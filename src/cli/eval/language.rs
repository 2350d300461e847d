//! In which language a title is, as far as its letters and small words tell. Rows say nothing of it, and tables are broken down by it.

/// Small words by which titles in Latin letters are told apart.
const WORDS: &[(&str, &[&str])] = &[
    ("French", &["pour", "avec", "homme", "femme", "et", "du", "des", "neuf", "sac", "montre", "chaussures", "taille"]),
    ("German", &["für", "mit", "und", "herren", "damen", "neu", "schuhe", "tasche", "größe", "uhr"]),
    ("Spanish", &["para", "con", "hombre", "mujer", "y", "zapatillas", "bolso", "reloj", "nuevo", "nueva"]),
    ("Italian", &["per", "con", "uomo", "donna", "borsa", "scarpe", "orologio", "nuovo", "nuova", "della"]),
    ("Portuguese", &["para", "com", "masculino", "feminino", "tênis", "bolsa", "relógio", "novo", "nova"]),
    ("Indonesian or Malay", &["untuk", "dengan", "sepatu", "tas", "jam", "tangan", "pria", "wanita", "anak", "baju", "kasut"]),
    ("Vietnamese", &["cho", "chính", "hãng", "giày", "túi", "đồng", "hồ", "nam", "nữ"]),
    ("Turkish", &["için", "ile", "erkek", "kadın", "ayakkabı", "çanta", "saat", "siyah"]),
    ("Tagalog", &["para", "sa", "ng", "mga", "pambabae", "panlalaki"]),
];

/// The language's name; English where nothing says otherwise.
pub(super) fn of(title: &str) -> &'static str {
    let has = |from: u32, to: u32| title.chars().any(|c| (from..=to).contains(&u32::from(c)));
    let scripts = [
        ("Korean", has(0xac00, 0xd7a3)),
        ("Japanese", has(0x3040, 0x30ff)),
        ("Chinese", has(0x4e00, 0x9fff)),
        ("Russian", has(0x0400, 0x04ff)),
        ("Thai", has(0x0e00, 0x0e7f)),
        ("Arabic", has(0x0600, 0x06ff)),
    ];
    if let Some((name, _)) = scripts.into_iter().find(|(_, has)| *has) {
        return name;
    }
    let title = title.to_lowercase();
    let words: Vec<&str> = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let count = |known: &[&str]| words.iter().filter(|word| known.contains(word)).count();
    // Two small words, so that a model's name that is one by chance decides nothing.
    let best = WORDS.iter().map(|(name, known)| (count(known), *name)).filter(|(count, _)| *count >= 2);
    best.reduce(|best, next| if next.0 > best.0 { next } else { best }).map_or("English", |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn letters_and_small_words_tell() {
        for (title, language) in [
            ("Sac à main pour femme en cuir", "French"),
            ("Herren Schuhe mit Absatz", "German"),
            ("Zapatillas para hombre", "Spanish"),
            ("남성 운동화", "Korean"),
            ("メンズ 靴 黒", "Japanese"),
            ("男士 运动鞋", "Chinese"),
            ("Кроссовки мужские", "Russian"),
            ("Sepatu olahraga untuk pria", "Indonesian or Malay"),
            ("Running shoes, men's, con amore", "English"),
            ("", "English"),
        ] {
            assert_eq!(of(title), language, "{title}");
        }
    }
}
