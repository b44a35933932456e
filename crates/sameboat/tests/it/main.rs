//! People doing things through HTTP, without a socket; and the rules of the house.

mod access_matrix;
mod agreements;
mod backup;
mod changed_key;
mod checking;
mod common_ground;
mod house;
mod joining;
mod journey;
mod leaving;
mod live;
mod meetings;
mod newcomers;
mod notebook;
mod people;
mod promises;
mod renewal;
mod returning;
mod safety;
mod seats;
mod sharing;
mod starting;
mod walk;
mod world;
