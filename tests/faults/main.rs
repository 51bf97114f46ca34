//! What a client does when things go wrong, over real sockets: what is sent again, what is not, what the error says, and
//! what it keeps to itself.

mod answers;
mod bombs;
mod client;
mod connections;
mod hints;
mod repeat;
mod secrets;
mod server;
mod storm;
