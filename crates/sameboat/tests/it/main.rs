//! People doing things through HTTP, without a socket; and the rules of the house.

mod access_matrix;
mod house;
mod people;
mod promises;
mod world;
