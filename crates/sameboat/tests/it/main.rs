//! People doing things through HTTP, without a socket; and the rules of the house.

mod people;
mod world;
