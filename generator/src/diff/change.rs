//! [`What`] changed: one variant for every way in which an item can, what that means for callers, and a sentence that says it.

use std::fmt;

/// What a change means for code that calls the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// There is code that compiles without the change and does not with it.
    Breaking,
    /// What compiled still does, and does something else.
    Behaviour,
    /// What compiled still does the same.
    Compatible,
}

impl Effect {
    /// All of them, the worst first.
    pub const ALL: [Self; 3] = [Self::Breaking, Self::Behaviour, Self::Compatible];

    /// The name that is shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Behaviour => "behaviour",
            Self::Compatible => "compatible",
        }
    }
}

/// What an item is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Noun {
    /// All that is made of one document.
    Module,
    /// `Client` and its builder.
    Client,
    /// A Cargo feature.
    Feature,
    /// A method of `Client`, and the type that it gives.
    Resource,
    /// A method of a resource.
    Operation,
    /// The type of a prepared call.
    Call,
    /// An argument of a method.
    Argument(String),
    /// A setter of a prepared call or of the builder.
    Setter,
    /// The methods that read a list page by page.
    Pages,
    /// The struct of the headers of a response.
    Headers,
    /// A variant of the type of error bodies.
    ErrorBody,
    /// A type.
    Type,
    /// A field of a struct.
    Field,
    /// A variant of an enum.
    Variant,
    /// The function that makes a value of what must be given.
    Constructor,
    /// An implementation of a trait.
    Trait(&'static str),
}

impl fmt::Display for Noun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Module => "module",
            Self::Client => "client",
            Self::Feature => "feature",
            Self::Resource => "resource",
            Self::Operation => "operation",
            Self::Call => "type of the call",
            Self::Argument(name) => return write!(f, "argument `{name}`"),
            Self::Setter => "setter",
            Self::Pages => "way to read all pages",
            Self::Headers => "type of the response's headers",
            Self::ErrorBody => "error body",
            Self::Type => "type",
            Self::Field => "field",
            Self::Variant => "variant",
            Self::Constructor => "constructor",
            Self::Trait(name) => return write!(f, "implementation of `{name}`"),
        })
    }
}

/// How a change is of two values: what was and what is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// What was.
    pub old: String,
    /// What is.
    pub new: String,
}

impl Turn {
    /// A change from one to the other.
    pub fn new(old: impl Into<String>, new: impl Into<String>) -> Self {
        Self { old: old.into(), new: new.into() }
    }
}

impl fmt::Display for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` instead of `{}`", self.new, self.old)
    }
}

macro_rules! changes {
    ($($(#[doc = $doc:literal])+ $name:ident $(($($field:ident: $ty:ty),+))? is $effect:ident $kind:literal: $text:literal;)*) => {
        /// What changed of an item.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum What {
            $($(#[doc = $doc])+ $name $(($($ty),+))?,)*
        }

        impl What {
            /// What it means for callers.
            pub fn effect(&self) -> Effect {
                match self {
                    $(Self::$name { .. } => Effect::$effect,)*
                }
            }

            /// The name of the kind of change, for programs.
            pub fn kind(&self) -> &'static str {
                match self {
                    $(Self::$name { .. } => $kind,)*
                }
            }
        }

        impl fmt::Display for What {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$name $(($($field),+))? => write!(f, $text $(, $($field = $field),+)?),)*
                }
            }
        }
    };
}

changes! {
    /// It is no longer there.
    Gone(noun: Noun) is Breaking "gone": "the {noun} is gone";
    /// It was not there.
    New(noun: Noun) is Compatible "new": "the {noun} is new";
    /// A field that was not there, in a struct that callers may write out.
    NewInLiteral is Breaking "new-in-literal": "the field is new, and missing wherever code writes out all fields of the struct";
    /// It is there under another name.
    Renamed(noun: Noun, new: String) is Breaking "renamed": "the {noun} is now called `{new}`";
    /// It is of another type.
    Retyped(noun: Noun, turn: Turn) is Breaking "retyped": "the {noun} is of type {turn}";
    /// A setter takes another type.
    Takes(turn: Turn) is Breaking "takes": "it takes {turn}";
    /// A type is another kind of type.
    Remade(old: String, new: String) is Breaking "remade": "it is {new} instead of {old}";
    /// A call yields something of another type.
    Yields(turn: Turn) is Breaking "yields": "it yields {turn}";
    /// An argument that was not there.
    NewArgument(name: String) is Breaking "new-argument": "the argument `{name}` is new";
    /// What had a setter is an argument.
    MadeRequired(name: String) is Breaking "made-required": "`{name}` is required: an argument instead of a setter";
    /// What was an argument has a setter.
    MadeOptional(name: String) is Breaking "made-optional": "`{name}` is optional: a setter instead of an argument";
    /// The arguments stand in another order, by which types change places.
    Shuffled(turn: Turn) is Breaking "shuffled": "it takes {turn}";
    /// The arguments are others, or stand in another order, and calls compile all the same.
    Mistakable(turn: Turn) is Behaviour "mistakable":
        "it takes {turn}, of the same types, so calls that compile may send the wrong thing";
    /// A field of a request in the server's double has another name.
    RenamedInDouble(turn: Turn) is Breaking "renamed-in-double": "in tests, its field is {turn}";
    /// A setter takes two values instead of one, or one of another type.
    OtherCredentials(old: &'static str, new: &'static str) is Breaking "other-credentials": "it takes {new} instead of {old}";
    /// A struct that callers wrote out may be made by the server alone.
    NonExhaustive is Breaking "non-exhaustive": "only responses have it now, so it is `#[non_exhaustive]`: code cannot write it out";
    /// A build that had it has it no longer.
    NeedsFeature(needed: String, others: Others) is Breaking "needs-feature": "it needs {needed} now{others}";
    /// A feature that was on by default.
    OffByDefault is Breaking "off-by-default": "the feature is no longer on by default";
    /// The same name in Rust has another on the wire.
    Wire(turn: Turn) is Behaviour "wire": "on the wire it is {turn}";
    /// A method sends another request.
    Request(turn: Turn) is Behaviour "request": "it calls {turn}";
    /// The same value goes to another part of the request.
    Sent(old: String, new: String) is Behaviour "sent": "it is sent {new} instead of {old}";
    /// A field that requests no longer have, or did not have.
    SentAtAll(is_sent: Sending) is Behaviour "sent-at-all": "{is_sent}";
    /// `None` stands for something else.
    NoneMeans(old: &'static str, new: &'static str) is Behaviour "none-means": "`None` is {new} instead of {old}";
    /// What is sent with it without being asked for.
    Constant(name: String, old: Shown, new: Shown) is Behaviour "constant": "its property `{name}` is always {new} instead of {old}";
    /// The body is written as another media type.
    MediaType(turn: Turn) is Behaviour "media-type": "its body is sent as {turn}";
    /// The parts of a body are written in another way.
    Encoding is Behaviour "encoding": "the parts of its body are written in another way";
    /// Another media type is asked for.
    Accept(old: Shown, new: Shown) is Behaviour "accept": "it asks for {new} instead of {old}";
    /// Another server is called.
    Server(turn: Turn) is Behaviour "server": "it calls the server {turn}";
    /// Other credentials are needed.
    Credentials(old: String, new: String) is Behaviour "credentials": "it needs {new} instead of {old}";
    /// What the server takes for what is not sent.
    Default(old: Shown, new: Shown) is Behaviour "default": "what is not given counts as {new} instead of {old}";
    /// A server variable that has no default, and had one or was not there.
    MustBeGiven is Behaviour "must-be-given": "it has no default, so `build` fails without it";
    /// Values that were sent are refused.
    Tightened(limits: String) is Behaviour "tightened": "values are now refused that do not keep to {limits}";
    /// Values that were refused are sent.
    Loosened is Compatible "loosened": "values are now sent that were refused";
    /// The body of an error is read in another way.
    ErrorBody(status: String, old: Shown, new: Shown) is Behaviour "error-body": "the body of its error {status} is {new} instead of {old}";
    /// A status has another meaning.
    StatusMeans(status: String, old: &'static str, new: &'static str) is Behaviour "status-means":
        "the status {status} is {new} instead of {old}";
    /// A status that is no longer described.
    StatusGone(status: String) is Behaviour "status-gone": "the status {status} is no longer described, and counts as undocumented";
    /// A status that was not described.
    NewStatus(status: String) is Compatible "new-status": "the status {status} is now described";
    /// Pages are asked for in another way.
    Paging(turn: Turn) is Behaviour "paging": "it pages by {turn}";
    /// Whether a call is sent again.
    Repeat(old: String, new: String) is Behaviour "repeat": "whether it is sent again goes by {new}, and went by {old}";
    /// Errors and spans tell it by another name.
    Id(turn: Turn) is Behaviour "id": "errors and spans call it {turn}";
    /// It is now deprecated.
    Deprecated is Compatible "deprecated": "it is deprecated now";
}

/// A value that may not be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown(pub Option<String>);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(value) => write!(f, "`{value}`"),
            None => f.write_str("nothing"),
        }
    }
}

/// How many items more a change is true of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Others(pub usize);

impl fmt::Display for Others {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => Ok(()),
            1 => f.write_str(", and so does 1 type more"),
            others => write!(f, ", and so do {others} types more"),
        }
    }
}

/// Whether requests have a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    /// They have it.
    Sent,
    /// They do not.
    Kept,
}

impl fmt::Display for Sending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sent => "it is now sent, and was left out of requests",
            Self::Kept => "it is now left out of requests, whatever it is set to",
        })
    }
}
