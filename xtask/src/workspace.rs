//! Where things are, and what may be read: the root of the workspace in, its folders out. Nothing is read or written here.

use std::path::{Path, PathBuf};

use crate::access::Access;

/// The name by which code calls the client crate in `generated/`; its package is called [`CLIENT_PACKAGE`].
pub const CLIENT_CRATE: &str = "shipping_client";

/// The package in `generated/`.
pub const CLIENT_PACKAGE: &str = "shipping-client";

/// The package in `generator/runtime/`.
pub const RUNTIME_PACKAGE: &str = "client-runtime";

/// A checkout of the project.
#[derive(Debug, Clone)]
pub struct Workspace {
    root: PathBuf,
    access: Access,
}

impl Workspace {
    /// The checkout that this program was built from.
    pub fn here() -> Self {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self::at(package.parent().unwrap_or(package))
    }

    /// The checkout in `root`.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), access: Access::default() }
    }

    /// The same checkout with other rules for what documents may refer to.
    #[must_use]
    pub fn with_access(self, access: Access) -> Self {
        Self { access, ..self }
    }

    /// What documents may refer to.
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// The folder that holds the top-level `Cargo.toml`.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The curated documents.
    pub fn spec(&self) -> PathBuf {
        self.root.join("spec")
    }

    /// The client crate.
    pub fn generated(&self) -> PathBuf {
        self.root.join("generated")
    }

    /// The folder in which every document has a folder of its own.
    pub fn generated_src(&self) -> PathBuf {
        self.generated().join("src")
    }

    /// The crate that generated code calls.
    pub fn runtime(&self) -> PathBuf {
        self.root.join("generator").join("runtime")
    }

    /// The list of values that clients are known not to treat as documented.
    pub fn known_values(&self) -> PathBuf {
        self.root.join("xtask").join("known-values.toml")
    }

    /// Where cargo builds: `CARGO_TARGET_DIR` if it is set, else `target/`.
    pub fn target(&self) -> PathBuf {
        match std::env::var_os("CARGO_TARGET_DIR").filter(|dir| !dir.is_empty()) {
            // cargo takes a relative one from the current directory.
            Some(dir) => std::path::absolute(&dir).unwrap_or_else(|_| dir.into()),
            None => self.root.join("target"),
        }
    }
}
