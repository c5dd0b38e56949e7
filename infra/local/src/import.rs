//! Bringing in records of an older system: read through a mapping, sent through the API like everything else.
//!
//! Nothing here writes a store. A record's request and its key follow from the record alone, so an import that was interrupted or is run again sends the same
//! requests, and the ledger writes nothing twice.

pub mod city;
pub mod file;
pub mod register;
pub mod report;
pub mod send;
