//! Files that documents refer to, in temporary folders.

use super::*;

/// A folder `spec` for documents, with a folder `common` and a file `secret.yaml` beside it.
fn folders() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for folder in ["spec/parts", "common"] {
        fs::create_dir_all(dir.path().join(folder)).unwrap();
    }
    for file in ["spec/parts/a.yaml", "common/a.yaml", "secret.yaml"] {
        fs::write(dir.path().join(file), file).unwrap();
    }
    dir
}

fn text(text: &str) -> File {
    File::Text(text.to_owned())
}

#[track_caller]
fn check_refused(file: File, expected: &str) {
    let File::Refused(refusal) = file else { panic!("{file:?} is not refused") };
    let shown = format!("{}; {}", refusal.reason, refusal.help);
    assert!(shown.contains(expected), "{shown:?} does not say {expected:?}");
}

#[test]
fn files_below_the_folder_are_read() {
    let dir = folders();
    let access = Access::default();
    let spec = dir.path().join("spec");
    assert_eq!(access.referenced(&spec, true, "parts/a.yaml"), text("spec/parts/a.yaml"));
    assert_eq!(access.referenced(&spec, true, "parts/gone.yaml"), File::NotFound);
    assert_eq!(access.referenced(&spec, true, "gone/a.yaml"), File::NotFound);
    check_refused(access.referenced(&spec, true, "parts"), "it is not a regular file");
    check_refused(access.referenced(&spec, false, "parts/a.yaml"), "is outside of the document's directory");
}

#[test]
fn other_files_are_read_from_directories_that_are_allowed() {
    let dir = folders();
    let spec = dir.path().join("spec");
    let help =
        format!("secret.yaml is outside of the document's directory; add `--allow-dir {}`", dir.path().display());
    check_refused(Access::default().referenced(&spec, true, "../secret.yaml"), &help);
    // Nobody learns from this whether a file exists.
    check_refused(Access::default().referenced(&spec, true, "../gone.yaml"), "is outside of");
    check_refused(Access::default().referenced(&spec, true, "../../../../../../../../etc/passwd"), "--allow-dir /etc");
    let access = Access::new(&[dir.path().join("common")], None).unwrap();
    assert_eq!(access.referenced(&spec, true, "../common/a.yaml"), text("common/a.yaml"));
    assert_eq!(access.referenced(&spec, false, "../common/a.yaml"), text("common/a.yaml"));
    assert_eq!(access.referenced(&spec, true, "../common/gone.yaml"), File::NotFound);
    check_refused(access.referenced(&spec, true, "../secret.yaml"), "is outside of");
    check_refused(access.referenced(&spec, true, "../common/../secret.yaml"), "is outside of");
    check_refused(access.referenced(&spec, true, "%2e%2e/secret.yaml"), "is outside of");
}

#[test]
fn directory_that_is_allowed_has_to_exist() {
    let dir = folders();
    for path in ["gone", "secret.yaml"] {
        let error = Access::new(&[dir.path().join(path)], None).unwrap_err().to_string();
        assert!(error.contains("--allow-dir"), "{error}");
    }
}

#[test]
fn size_is_limited() {
    let dir = folders();
    let access = Access::new(&[], Some(4)).unwrap();
    let large = dir.path().join("secret.yaml");
    for read in [Access::document, Access::regular] {
        assert!(read(&access, &large).unwrap_err().contains("it is larger than 4 bytes; `--max-file-size`"));
        assert!(read(&Access::default(), &large).is_ok());
    }
    check_refused(access.referenced(&dir.path().join("spec"), true, "parts/a.yaml"), "--max-file-size");
    // As large as allowed.
    assert!(Access::new(&[], Some(11)).unwrap().document(&large).is_ok());
    let huge = dir.path().join("huge.yaml");
    fs::File::create(&huge).unwrap().set_len(MAX_BYTES + 1).unwrap();
    assert!(Access::default().document(&huge).unwrap_err().contains("67108864 bytes"));
}

#[cfg(unix)]
#[test]
fn links_lead_no_further() {
    use std::os::unix::fs::symlink;

    let dir = folders();
    let spec = dir.path().join("spec");
    symlink(dir.path().join("secret.yaml"), spec.join("file.yaml")).unwrap();
    symlink(dir.path(), spec.join("folder")).unwrap();
    symlink("parts/a.yaml", spec.join("inside.yaml")).unwrap();
    let access = Access::default();
    check_refused(access.referenced(&spec, true, "file.yaml"), "secret.yaml is outside of");
    check_refused(access.referenced(&spec, true, "folder/common/a.yaml"), "common/a.yaml is outside of");
    assert_eq!(access.referenced(&spec, true, "inside.yaml"), text("spec/parts/a.yaml"));
    let access = Access::new(&[dir.path().join("common")], None).unwrap();
    assert_eq!(access.referenced(&spec, true, "folder/common/a.yaml"), text("common/a.yaml"));
    check_refused(access.referenced(&spec, true, "../common/../spec/folder/secret.yaml"), "is outside of");
}

#[cfg(unix)]
#[test]
fn nothing_waits_for_a_pipe_but_the_document() {
    let dir = folders();
    let spec = dir.path().join("spec");
    let pipe = spec.join("pipe.yaml");
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
    let access = Access::default();
    check_refused(access.referenced(&spec, true, "pipe.yaml"), "it is not a regular file");
    assert!(access.regular(&pipe).unwrap_err().contains("not a regular file"));
    assert!(open(Path::new("/dev/zero")).is_err());
    assert!(Access::new(&[], Some(100)).unwrap().document(Path::new("/dev/zero")).unwrap_err().contains("larger"));
    let writer = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::write(pipe, "openapi").unwrap()
    });
    assert_eq!(access.document(&pipe), Ok("openapi".to_owned()));
    writer.join().unwrap();
}
