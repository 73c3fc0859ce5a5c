//! The registration authority, on every store.
#![cfg(test)]

mod activation;
mod certificates;
mod collection;
mod costs;
mod data;
mod desk;
mod devices;
mod documents;
mod mailbox;
mod orders;
mod renewal;
mod roles;
mod settle;
mod story;
mod withdrawn;
mod world;
