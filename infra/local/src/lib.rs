#![doc = include_str!("../README.md")]

pub mod aws;
pub mod cdn;
pub mod city;
pub mod cli;
pub mod cloud;
pub mod import;
pub mod serve;
