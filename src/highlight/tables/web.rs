//! Scripts of the web, and what describes interfaces and queries.

use super::super::syntax::traits::{
    ANNOTATIONS, CALLS, CAPITALS, DOLLARS, ELEMENTS, FOLDS, KEYS, MEMBERS, REGEX, SHOUTS,
};
use super::super::syntax::{
    DOUBLE, DOUBLE_HASH, DOUBLE_TWICE, GRAVE_RAW, NOTHING, SINGLE, SINGLE_TWICE, Syntax, TEMPLATE, TRIPLE, TRIPLE_HASH,
    TRIPLE_SINGLE,
};
use super::{Language, words};

const SCRIPT: Syntax = Syntax {
    line_comments: &["//", "^#!"],
    block_comments: &[("/*", "*/")],
    texts: &[DOUBLE, SINGLE, TEMPLATE],
    in_words: "$",
    keywords: "as async await break case catch const continue debugger default delete do else export finally for from get if import in instanceof let new of return set static super switch this throw try typeof var void while with yield accessor using",
    functions_after: "function",
    types_after: "class extends",
    constants: "true false null undefined NaN Infinity globalThis",
    traits: CALLS | CAPITALS | SHOUTS | MEMBERS | REGEX | ANNOTATIONS,
    ..NOTHING
};

static JAVASCRIPT: Syntax = Syntax { traits: SCRIPT.traits | ELEMENTS, ..SCRIPT };

static TYPESCRIPT: Syntax = TYPED;

static TSX: Syntax = Syntax { traits: SCRIPT.traits | ELEMENTS, ..TYPED };

const TYPED: Syntax = Syntax {
    keywords: "abstract accessor as asserts async await break case catch const continue debugger declare default delete do else export finally for from get global if implements import in infer instanceof is keyof let module namespace new of out override private protected public readonly return satisfies set static super switch this throw try typeof unique using var void while with yield",
    types_after: "class interface enum type extends",
    types: "any bigint boolean never number object string symbol unknown",
    ..SCRIPT
};

static COFFEE: Syntax = Syntax {
    line_comments: &["#"],
    block_comments: &[("###", "###")],
    texts: &[TRIPLE_HASH, TRIPLE_SINGLE, DOUBLE_HASH, SINGLE],
    keywords: "and await break by case catch continue debugger default delete do else export extends finally for from if import in instanceof is isnt let loop new not of or own return super switch then this throw try typeof unless until when while yield",
    traits: CALLS | CAPITALS | MEMBERS | REGEX | KEYS,
    ..SCRIPT
};

/// The code between `{{` and `}}`.
static IN_TEMPLATE: Syntax = Syntax {
    texts: &[DOUBLE, SINGLE, GRAVE_RAW],
    keywords: "and as assign autoescape block break by call case component continue do elif else elseif elsif empty endautoescape endblock endcall endcapture endcase endcomponent endfilter endfor endif endmacro endraw endset endunless endwith extends filter for from if import in include is macro not or raw recursive render set super unless when with without",
    constants: "true false none null True False None self loop",
    traits: CALLS | MEMBERS,
    ..NOTHING
};

static GRAPHQL: Syntax = Syntax {
    line_comments: &["#"],
    texts: &[TRIPLE, DOUBLE],
    keywords: "directive extend fragment implements mutation on query repeatable schema subscription",
    types_after: "type interface union enum input scalar",
    types: "Int Float String Boolean ID",
    constants: "true false null",
    traits: CAPITALS | DOLLARS | ANNOTATIONS | KEYS,
    ..NOTHING
};

static PROTOBUF: Syntax = Syntax {
    line_comments: &["//"],
    block_comments: &[("/*", "*/")],
    texts: &[DOUBLE, SINGLE],
    keywords: "edition exception extend extensions group import include max namespace oneof oneway option optional package public repeated required reserved returns rpc stream syntax throws to typedef weak",
    types_after: "message enum service struct union interface",
    types: "bool bytes double fixed32 fixed64 float int32 int64 sfixed32 sfixed64 sint32 sint64 string uint32 uint64 map void binary byte i16 i32 i64 list set",
    constants: "true false inf nan",
    traits: CAPITALS | SHOUTS,
    ..NOTHING
};

static PRISMA: Syntax = Syntax {
    line_comments: &["//"],
    texts: &[DOUBLE],
    types_after: "model enum type view",
    keywords: "datasource generator",
    types: "String Boolean Int BigInt Float Decimal DateTime Json Bytes Unsupported",
    constants: "true false",
    traits: CAPITALS | ANNOTATIONS | CALLS,
    ..NOTHING
};

static SQL: Syntax = Syntax {
    line_comments: &["--", "^#"],
    block_comments: &[("/*", "*/")],
    texts: &[SINGLE_TWICE, DOUBLE_TWICE, GRAVE_RAW],
    keywords: "add after all alter analyze and any as asc authorization backup before begin between by cascade case check collate column commit comment conflict constraint create cross current cursor database declare default deferrable delete desc distinct do drop each else elsif end escape except exec execute exists explain extension fetch filter first following for foreign from full function generated grant group having if ilike in index inner inout insert instead intersect into is isolation join key language last lateral left level like limit lock loop materialized merge minus natural next no not nothing of offset on only open or order out outer over overlaps owner partition perform pragma preceding primary procedure public range recursive references refresh reindex rename replace restrict return returning returns revoke right role rollback row rows savepoint schema select sequence set share similar some start table tablesample temp temporary then to transaction trigger truncate type unbounded union unique update using vacuum values view when where while window with without work",
    types: "array bigint bigserial binary bit blob boolean bool bytea char character clob date datetime decimal double enum float float4 float8 inet int int2 int4 int8 integer interval json jsonb long mediumint money nchar numeric nvarchar precision real serial smallint text time timestamp timestamptz tinyint uuid varbinary varchar varying xml year",
    constants: "true false null current_date current_time current_timestamp current_user",
    traits: FOLDS | CALLS | DOLLARS,
    ..NOTHING
};

static JQ: Syntax = Syntax {
    line_comments: &["#"],
    texts: &[DOUBLE],
    keywords: "and as catch elif else end foreach if import include label not or reduce then try",
    functions_after: "def",
    constants: "true false null empty",
    builtins: "add any all map select keys values length sort sort_by group_by unique to_entries from_entries with_entries split join test match capture tonumber tostring type first last range recurse env has contains paths",
    traits: CALLS | DOLLARS | ANNOTATIONS,
    ..NOTHING
};

static CYPHER: Syntax = Syntax {
    line_comments: &["//"],
    block_comments: &[("/*", "*/")],
    texts: &[DOUBLE, SINGLE, GRAVE_RAW],
    keywords: "all and as asc ask base bind by call case construct contains create delete desc describe detach distinct else end ends exists filter foreach from graph group having in insert is limit load match merge minus named not offset on optional or order prefix reduced remove return select service set skip starts then union unwind using values when where with xor yield",
    constants: "true false null a",
    traits: FOLDS | CALLS | DOLLARS | CAPITALS,
    ..NOTHING
};

pub(super) static ALL: [Language; 12] = [
    words("JavaScript", &["javascript", "js", "mjs", "cjs", "jsx", "node"], &JAVASCRIPT),
    words("TypeScript", &["typescript", "ts", "mts", "cts"], &TYPESCRIPT),
    words("TSX", &["tsx"], &TSX),
    words("CoffeeScript", &["coffeescript", "coffee"], &COFFEE),
    words("Template code", &["template"], &IN_TEMPLATE),
    words("GraphQL", &["graphql", "gql"], &GRAPHQL),
    words("Protocol Buffers", &["protobuf", "proto", "thrift"], &PROTOBUF),
    words("Prisma", &["prisma"], &PRISMA),
    words(
        "SQL",
        &["sql", "mysql", "postgres", "postgresql", "pgsql", "plpgsql", "plsql", "sqlite", "tsql", "mariadb", "hql"],
        &SQL,
    ),
    words("jq", &["jq"], &JQ),
    words("Cypher", &["cypher"], &CYPHER),
    words("SPARQL", &["sparql", "rq"], &CYPHER),
];
