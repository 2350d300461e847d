//! The compiled data files as the extension carries them.

use crate::Outcome;
use touchstone::{
    carried::Carried,
    rules::{Rules, marketplace::State},
};

/// The data files without what only cutting a page needs: in the extension that is said by the plans.
pub fn without_cutting(mut rules: Rules) -> Rules {
    for page in rules.marketplaces.iter_mut().flat_map(|marketplace| &mut marketplace.pages) {
        page.regions.clear();
        page.place.clear();
        page.obstacles.clear();
        // That there are any says that the page is not read like one of any shop.
        page.states.iter_mut().for_each(|state| *state = State { script: "script".into(), ..State::default() });
    }
    rules
}

/// As the background reads them.
pub fn compiled(rules: Rules) -> Outcome<Vec<u8>> {
    Ok(Carried::new(rules)?.write()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::root;
    use std::fs;
    use touchstone::{cli::cut::cut, embedded, engine::Engine, market::Plan, memory::Memory};

    #[test]
    fn damaged_data_are_refused() {
        let written = compiled(embedded::rules().unwrap()).unwrap();
        assert!(Carried::read(&written[..written.len() / 2]).is_err());
    }

    #[test]
    fn the_same_pages_are_read_like_those_of_any_shop() {
        let all = embedded::rules().unwrap();
        let less = without_cutting(all.clone());
        assert!(less != all);
        for (all_of, less_of) in all.marketplaces.iter().zip(&less.marketplaces) {
            let like_any = |shop| Plan::new(shop).completed(&all.generic).pages.iter().map(|page| page.marks.is_some()).collect::<Vec<_>>();
            assert_eq!(like_any(all_of), like_any(less_of), "{}", all_of.id);
        }
    }

    #[test]
    fn every_test_page_is_read_alike() {
        let all = embedded::rules().unwrap();
        let full = Engine::new(all.clone()).unwrap();
        let less = Carried::read(&compiled(without_cutting(all)).unwrap()).unwrap();
        let folders = |of: &std::path::Path| fs::read_dir(of).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
        let mut pages = 0;
        for case in folders(&root().join("tests/pages")).iter().flat_map(|shop| folders(shop)) {
            let expected = fs::read_to_string(case.join("expect.toml")).unwrap();
            let url = expected.lines().find_map(|line| line.strip_prefix("url = \"")?.strip_suffix('"'));
            let snapshot = cut(&fs::read(case.join("page.html")).unwrap(), url, full.markets()).unwrap();
            let inspected = |engine: &Engine| engine.inspect(&snapshot, &Memory::default());
            assert_eq!(inspected(&full), inspected(&less.engine), "{}", case.display());
            pages += 1;
        }
        assert!(pages > 0);
    }
}
