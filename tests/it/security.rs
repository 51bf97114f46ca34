//! What clients do about security: the schemes that a document names, and what a generated crate promises about itself.

use generator::{Code, Output, Root, Source};

fn generate(scheme: &str) -> Output {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\nsecurity: [{{ certificate: [] }}]\npaths:\n  /a:\n    get:\n      \
         operationId: getA\n      tags: [a]\n      responses: {{ '204': {{ description: Done }} }}\ncomponents:\n  \
         securitySchemes:\n    certificate: {{ {scheme} }}\n"
    );
    let root = Root::Crate { crate_name: "client".to_owned() };
    generator::generate(&Source::new("api.yaml", text), &root).expect("a client")
}

fn codes(output: &Output) -> Vec<Code> {
    output.warnings.iter().map(|warning| warning.code).collect()
}

#[test]
fn mutual_tls_is_no_credential() {
    for scheme in ["type: mutualTLS", "type: http, scheme: mutualTLS", "type: http, scheme: mutualtls"] {
        let output = generate(scheme);
        assert_eq!(codes(&output), [Code::UnsupportedSecurityScheme], "{scheme}");
        assert!(!output.files["client.rs"].contains("fn certificate"), "{scheme}");
        assert!(!output.files.values().any(|text| text.to_lowercase().contains("mutualtls")), "{scheme}");
    }
}

#[test]
fn type_of_a_security_scheme_is_written_as_documented() {
    for scheme in ["type: mutualtls", "type: MutualTLS", "type: MUTUALTLS"] {
        let output = generate(scheme);
        assert!(codes(&output).contains(&Code::InvalidObject), "{scheme}: {:?}", codes(&output));
        assert!(!codes(&output).contains(&Code::UnsupportedSecurityScheme), "{scheme}");
        assert!(!output.files["client.rs"].contains("fn certificate"), "{scheme}");
    }
}

#[test]
fn crate_of_its_own_forbids_unsafe_code() {
    let output = generate("type: http, scheme: bearer");
    assert!(output.files["lib.rs"].contains("\n#![forbid(unsafe_code)]\n"), "{}", output.files["lib.rs"]);
    let source = Source::new("api.yaml", "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\n");
    let root = Root::Crate { crate_name: "client".to_owned() };
    let output = generator::generate(&source, &root).expect("a client without operations");
    assert!(output.files["lib.rs"].contains("\n#![forbid(unsafe_code)]\n"), "{}", output.files["lib.rs"]);
}

#[test]
fn module_leaves_lints_to_its_crate() {
    let root = Root::Module { crate_name: "shop".to_owned(), module: "api".to_owned() };
    let source = Source::new("api.yaml", "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\n");
    let output = generator::generate(&source, &root).expect("a module");
    assert!(!output.files["mod.rs"].contains("unsafe_code"), "{}", output.files["mod.rs"]);
}
