//! `seller-admits`: the listing itself says that the goods are a copy.

use super::{Heuristic, Observation, Seen, unnegated};
use crate::brand::Relation;
use crate::words::Kind;
use serde::{Deserialize, Serialize};
use serde_json::Map;

/// An explicit admission speaks for itself, whatever the brand. A word such as `replica` admits a copy only where a known brand's goods are
/// offered: alone it names museum pieces, toys and a perfume line.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Admission;

impl Heuristic for Admission {
    fn codes(&self) -> &'static [&'static str] {
        &["seller-admits"]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        let subject = seen.subject;
        let scope = subject.scope();
        let branded = seen.claim.is_some_and(|c| matches!(c.relation, Relation::Theirs | Relation::LikeTheirs));
        for text in [&subject.title, &subject.description, &subject.brand] {
            let explicit = unnegated(Kind::Admission, text, &scope, seen.words).next();
            let found = explicit.or_else(|| branded.then(|| unnegated(Kind::Replica, text, &scope, seen.words).next()).flatten());
            if let Some(hit) = found {
                let evidence = text.quote(hit.start, hit.end, 3);
                into.push(Observation { code: "seller-admits", strength: 1.0, evidence, detail: Map::new() });
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Level;
    use crate::signal::testing::offer;

    #[test]
    fn an_explicit_admission_speaks_whatever_the_brand() {
        for title in [
            "Rolex first copy watch",
            "Super Clone Daytona 40mm",
            "Luxury bag, mirror quality",
            "顶级高仿包包",
            "スーパーコピー 財布",
            "Часы люкс копия",
            "Bolso réplica AAA",
            "Giày thể thao rep 1:1",
        ] {
            assert_eq!(offer(title).level(), Level::Likely, "{title}");
        }
        let described = offer("Coach shoulder bag").described("Premium 1:1 designer bag. Indistinguishable from the authentic version.");
        assert_eq!(described.level(), Level::Likely);
        assert!(described.judged().signals[0].evidence.contains("1:1 designer"));
    }

    #[test]
    fn replica_admits_beside_a_known_brand_alone() {
        assert_eq!(offer("Nike Air Max Plus").described("High-quality replica in many colors").level(), Level::Likely);
        assert_eq!(offer("Bronze age sword replica").level(), Level::Unknown);
    }

    #[test]
    fn false_friends_admit_nothing() {
        for title in [
            "Replica Jazz Club eau de toilette by Maison Margiela",
            "FIFA World Cup Trophy (Replica)",
            "Fast charger for AA & AAA batteries",
            "Envie Infinite AAA 800 rechargeable battery",
            "Casio MTP-V300L-7A analog watch",
            "Casio A130WEG-9A digital watch",
            "1:1 Drive Duplicator and Eraser for 2.5 drives",
            "1:1 scale model pistol",
            "1:1 coaching session",
            "X-oom movie clone 3 gold",
            "Color copy gloss paper 96 brightness",
            "Golden imitation pearl 10mm bead necklace",
            "Nike sneaker with imitation leather upper",
            "Nike Women's Replica Baseball Jersey",
            "AAA freshwater pearl earrings, AAA quality",
            "5A quality CZ ring",
            "UA Project Rock training shoe",
            "Quick Charge QC 3.0 charger",
            "adidas Sport Inspired Lite Racer shoes",
            "高仿真绿植 装饰",
            "레플리카 유니폼 나이키",
            "Wall mirror, frameless mirror glass, mirror quality",
            "Rep your team in this Nike cap",
            "Copia de seguridad, disco duro externo",
            "Копия документов, сканер Canon",
        ] {
            assert!(!offer(title).has("seller-admits"), "{title}");
        }
        assert!(!offer("REPLICA Jazz Club").brand("Maison Margiela").has("seller-admits"));
    }

    #[test]
    fn a_denial_admits_nothing() {
        for title in [
            "Gucci belt, not a replica",
            "Gucci cinturón, no es réplica",
            "Gucci 皮带 拒绝高仿",
            "구찌 벨트 레플리카 아닙니다",
            "グッチ コピー品ではありません",
        ] {
            assert!(!offer(title).has("seller-admits"), "{title}");
        }
    }
}
