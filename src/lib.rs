//! fangzhi
pub mod config;
pub mod diagnostic;
pub mod document;
pub mod fact;
pub mod inputs;
pub mod markdown;
pub mod paths;
pub mod site;
pub mod source;
pub mod theme;
pub mod tree;
pub mod build;
pub mod make;
pub mod render;
pub mod cli;
pub mod outputs;
pub mod serve;
