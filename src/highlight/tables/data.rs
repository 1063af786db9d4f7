//! Notations that are no programs: grammars, logs, tables, queries of logs.

use super::super::syntax::traits::{CAPITALS, DOLLARS, FOLDS, KEYS, REGEX, SHOUTS};
use super::super::syntax::{DOUBLE, DOUBLE_TWICE, GRAVE_RAW, NOTHING, SINGLE, Syntax};
use super::{Language, words};

static GRAMMAR: Syntax = Syntax {
    line_comments: &["//", "#"],
    block_comments: &[("/*", "*/"), ("(*", "*)")],
    texts: &[DOUBLE, SINGLE, GRAVE_RAW],
    in_words: "-",
    keywords: "fragment grammar lexer parser options import",
    traits: CAPITALS | KEYS | REGEX,
    ..NOTHING
};

static LOG: Syntax = Syntax {
    texts: &[DOUBLE],
    in_words: "-",
    keywords: "error errors fatal critical emergency alert panic failed failure exception",
    constants: "warn warning notice deprecated",
    types: "info information ok success",
    builtins: "debug trace verbose",
    traits: FOLDS,
    ..NOTHING
};

static CSV: Syntax = Syntax { texts: &[DOUBLE_TWICE], in_words: "-+ ", ..NOTHING };

static PROMQL: Syntax = Syntax {
    line_comments: &["#"],
    texts: &[DOUBLE, SINGLE, GRAVE_RAW],
    keywords: "and bool by group_left group_right ignoring offset on or unless without",
    builtins: "sum min max avg count rate irate increase histogram_quantile topk bottomk quantile stddev label_replace absent delta",
    traits: KEYS,
    ..NOTHING
};

static DOT: Syntax = Syntax {
    line_comments: &["//", "#"],
    block_comments: &[("/*", "*/")],
    texts: &[DOUBLE],
    keywords: "digraph edge graph node strict subgraph",
    traits: KEYS,
    ..NOTHING
};

static DIAGRAM: Syntax = Syntax {
    line_comments: &["%%", "'", "#"],
    texts: &[DOUBLE],
    keywords: "flowchart graph sequenceDiagram classDiagram stateDiagram stateDiagram-v2 erDiagram gantt pie journey mindmap timeline gitGraph quadrantChart xychart-beta subgraph end participant actor note over loop alt else opt par and rect activate deactivate class click style linkStyle classDef direction title section dateFormat axisFormat commit branch checkout merge state startuml enduml skinparam package interface enum abstract start stop if then endif",
    types: "TB TD BT LR RL",
    in_words: "-",
    ..NOTHING
};

static REGULAR: Syntax = Syntax { texts: &[super::super::syntax::Text { open: "[", close: "]", ..SINGLE }], ..NOTHING };

static ZONE: Syntax = Syntax {
    line_comments: &[";"],
    texts: &[DOUBLE],
    keywords: "IN CH HS SOA",
    types: "A AAAA CAA CNAME DNSKEY DS MX NS PTR SRV TXT",
    traits: DOLLARS | SHOUTS,
    ..NOTHING
};

pub(super) static ALL: [Language; 8] = [
    words("Grammar", &["ebnf", "bnf", "abnf", "antlr", "g4", "pest", "peg"], &GRAMMAR),
    words("Log", &["log", "syslog"], &LOG),
    words("CSV", &["csv", "tsv"], &CSV),
    words("PromQL", &["promql", "logql"], &PROMQL),
    words("Graphviz", &["dot", "graphviz", "gv"], &DOT),
    words("Diagram", &["mermaid", "mmd", "plantuml", "puml"], &DIAGRAM),
    words("Regular expression", &["regex", "regexp"], &REGULAR),
    words("Zone file", &["zone", "dns", "bind"], &ZONE),
];
