//! Parameters as generated code writes them, as literal request lines and headers.
