//! One zip a browser, byte-identical wherever it is built: names sorted, one time stamp, no permissions of this machine.

use crate::{Outcome, extension, manifest::Browser, report, root};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

/// Makes `target/package/touchstone-VERSION-BROWSER.zip` for both browsers.
pub fn zip_all() -> Outcome {
    for browser in Browser::ALL {
        let path = path(browser);
        fs::create_dir_all(path.parent().ok_or("the package has no folder")?)?;
        zip(&extension::folder(browser), &path)?;
        report(&format!("{}: {}", browser.name(), path.display()));
    }
    Ok(())
}

/// Where the package for `browser` lies.
pub fn path(browser: Browser) -> PathBuf {
    root().join("target/package").join(format!("touchstone-{}-{}.zip", env!("CARGO_PKG_VERSION"), browser.name()))
}

fn zip(folder: &Path, path: &Path) -> Outcome {
    let mut files = Vec::new();
    list(folder, "", &mut files)?;
    files.sort();
    // Zip knows no time before 1980; the same one for every file.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(fs::File::create(path)?);
    for name in files {
        zip.start_file(&name, options)?;
        zip.write_all(&fs::read(folder.join(&name))?)?;
    }
    zip.finish()?;
    Ok(())
}

fn list(folder: &Path, prefix: &str, files: &mut Vec<String>) -> Outcome {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.push(name);
        }
    }
    Ok(())
}
