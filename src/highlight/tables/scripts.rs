//! Languages for scripts, for statistics, and for configuration that computes.

use super::super::syntax::traits::{
    ANNOTATIONS, AT_VARIABLES, CALLS, CAPITALS, DOLLARS, FOLDS, HEREDOCS, KEYS, MEMBERS, PERCENT_TEXTS,
    PERCENT_VARIABLES, QUOTE_WORDS, RAW_ESCAPES, REGEX, SHOUTS, SYMBOLS, TRANSPOSES,
};
use super::super::syntax::{
    BRACKETS, DOUBLE, DOUBLE_BRACE, DOUBLE_DOLLAR, DOUBLE_HASH, DOUBLE_TWICE, GRAVE_RAW, NIX_LINES, NOTHING, SINGLE,
    SINGLE_LINES, SINGLE_RAW, SINGLE_TWICE, Syntax, TRIPLE, TRIPLE_DOLLAR, TRIPLE_SINGLE,
};
use super::{Language, words};

const BASE: Syntax = Syntax { line_comments: &["#"], texts: &[DOUBLE, SINGLE], traits: CALLS | MEMBERS, ..NOTHING };

static PYTHON: Syntax = Syntax {
    texts: &[TRIPLE, TRIPLE_SINGLE, DOUBLE, SINGLE],
    prefixes: "r b f u t rb br fr rf tr rt",
    keywords: "and as assert async await break case continue del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return try while with yield",
    functions_after: "def",
    types_after: "class",
    types: "bool bytearray bytes complex dict float frozenset int list object set str tuple type",
    constants: "True False None self cls NotImplemented Ellipsis __name__ __file__",
    builtins: "abs all any callable chr dir enumerate eval exec filter format getattr hasattr hash help hex id input isinstance issubclass iter len map max min next oct open ord pow print property range repr reversed round setattr slice sorted staticmethod classmethod sum super vars zip",
    traits: BASE.traits | CAPITALS | SHOUTS | ANNOTATIONS | RAW_ESCAPES,
    ..BASE
};

static STARLARK: Syntax = Syntax {
    texts: &[TRIPLE, TRIPLE_SINGLE, DOUBLE, SINGLE],
    prefixes: "r b",
    keywords: "and as break continue elif else for if in lambda load not or pass return while",
    functions_after: "def",
    constants: "True False None self",
    traits: BASE.traits | KEYS | RAW_ESCAPES,
    ..BASE
};

static RUBY: Syntax = Syntax {
    block_comments: &[("=begin", "=end")],
    texts: &[DOUBLE_HASH, SINGLE_LINES, GRAVE_RAW],
    keywords: "BEGIN END alias and begin break case defined? do else elsif end ensure for if in next not or redo rescue retry return super then undef unless until when while yield require require_relative include extend prepend attr_accessor attr_reader attr_writer private protected public raise loop lambda proc",
    functions_after: "def",
    types_after: "class module",
    constants: "true false nil self __FILE__ __LINE__ __method__",
    builtins: "puts print p pp gets format printf sprintf rand sleep",
    traits: BASE.traits | CAPITALS | SHOUTS | REGEX | HEREDOCS | DOLLARS | AT_VARIABLES | SYMBOLS | PERCENT_TEXTS,
    ..BASE
};

static CRYSTAL: Syntax = Syntax {
    texts: &[DOUBLE_HASH, SINGLE, GRAVE_RAW],
    keywords: "abstract alias annotation as as? asm begin break case do else elsif end ensure extend for forall if in include instance_sizeof is_a? macro next nil? of offsetof out pointerof private protected require rescue responds_to? return select sizeof super then typeof uninitialized union unless until verbatim when while with yield",
    functions_after: "def fun",
    types_after: "class module struct enum lib",
    constants: "true false nil self",
    builtins: "puts print p pp raise loop sleep",
    traits: BASE.traits | CAPITALS | SHOUTS | REGEX | AT_VARIABLES | SYMBOLS | PERCENT_TEXTS,
    ..BASE
};

static PERL: Syntax = Syntax {
    block_comments: &[("=pod", "=cut"), ("=head", "=cut"), ("=begin", "=end")],
    texts: &[DOUBLE_DOLLAR, SINGLE_LINES, GRAVE_RAW],
    keywords: "and cmp continue default do else elsif eq for foreach ge given goto gt has if is last le local lt method multi my ne next no not or our redo require return state unless until use when while x xor BEGIN END",
    functions_after: "sub",
    types_after: "package class role grammar",
    constants: "undef __PACKAGE__ __FILE__ __LINE__ __DATA__ __END__ self",
    builtins: "bless chomp chop close defined delete die each eof exists grep join keys lc length map open pop print printf push ref reverse say scalar shift sort splice split sprintf substr uc unshift values warn",
    traits: CALLS | DOLLARS | AT_VARIABLES | PERCENT_VARIABLES | REGEX | HEREDOCS | QUOTE_WORDS,
    ..BASE
};

static LUA: Syntax = Syntax {
    line_comments: &["--", "^#!"],
    block_comments: &[("--[[", "]]"), ("--[=[", "]=]")],
    texts: &[DOUBLE, SINGLE, BRACKETS, GRAVE_RAW],
    keywords: "and break continue do else elseif end export for goto if in local not or repeat return then type until while",
    functions_after: "function",
    constants: "true false nil self _G _VERSION",
    builtins: "assert collectgarbage dofile error getmetatable ipairs load loadfile next pairs pcall print rawequal rawget rawlen rawset require select setmetatable tonumber tostring type unpack xpcall",
    ..BASE
};

static R: Syntax = Syntax {
    texts: &[DOUBLE, SINGLE, GRAVE_RAW],
    in_words: ".",
    keywords: "break else for function if in next repeat return while library require source",
    constants: "TRUE FALSE T F NULL NA NA_integer_ NA_real_ NA_character_ Inf NaN",
    traits: CALLS,
    ..BASE
};

static JULIA: Syntax = Syntax {
    block_comments: &[("#=", "=#")],
    texts: &[TRIPLE_DOLLAR, DOUBLE_DOLLAR, GRAVE_RAW],
    prefixes: "r b raw",
    in_words: "!",
    keywords: "abstract baremodule begin break catch const continue do else elseif end export finally for global if import in isa let local macro mutable primitive public quote return try using where while",
    functions_after: "function",
    types_after: "struct module type",
    constants: "true false nothing missing Inf NaN pi im",
    traits: CALLS
        | CAPITALS
        | ANNOTATIONS
        | SYMBOLS
        | TRANSPOSES
        | super::super::syntax::traits::TICKS
        | super::super::syntax::traits::NESTED,
    ..BASE
};

static MATLAB: Syntax = Syntax {
    line_comments: &["%", "#", "..."],
    block_comments: &[("%{", "%}")],
    texts: &[DOUBLE_TWICE, SINGLE_TWICE_LINE],
    keywords: "arguments break case catch classdef continue else elseif end enumeration events for function global if methods otherwise parfor persistent properties return spmd switch try while endif endfor endfunction endwhile",
    constants: "true false pi eps inf Inf nan NaN i j ans",
    traits: CALLS | TRANSPOSES,
    ..BASE
};

const SINGLE_TWICE_LINE: super::super::syntax::Text = super::super::syntax::Text { lines: false, ..SINGLE_TWICE };

static ELIXIR: Syntax = Syntax {
    texts: &[super::super::syntax::TRIPLE_HASH, TRIPLE_SINGLE, DOUBLE_HASH, SINGLE],
    keywords: "after alias and case catch cond do else end fn for if import in not or quote raise receive require rescue reraise super throw try unless unquote use when with",
    functions_after: "def defp defmacro defmacrop defguard defguardp defdelegate",
    types_after: "defmodule defprotocol defimpl",
    constants: "true false nil __MODULE__ __ENV__ __DIR__",
    builtins: "defstruct defexception defoverridable send spawn self inspect is_nil is_list is_map is_binary is_atom",
    traits: CALLS | CAPITALS | AT_VARIABLES | SYMBOLS | super::super::syntax::traits::SIGILS | KEYS,
    ..BASE
};

static ERLANG: Syntax = Syntax {
    line_comments: &["%"],
    texts: &[TRIPLE, DOUBLE, SINGLE],
    keywords: "after and andalso band begin bnot bor bsl bsr bxor case catch cond div else end fun if let maybe not of or orelse receive rem try when xor module export import define include include_lib record spec type behaviour behavior",
    constants: "true false undefined ok error",
    traits: CALLS | CAPITALS | super::super::syntax::traits::HASH_ATTRIBUTES,
    ..BASE
};

static TCL: Syntax = Syntax {
    texts: &[DOUBLE_DOLLAR],
    in_words: ":",
    keywords: "after append apply array break catch close concat continue dict else elseif error eval exec expr for foreach format global if incr info lappend lindex list llength lrange namespace open package puts read regexp regsub rename return set source split string subst switch then throw trace try unset uplevel upvar variable while",
    functions_after: "proc",
    constants: "true false",
    traits: DOLLARS,
    ..BASE
};

static AWK: Syntax = Syntax {
    texts: &[DOUBLE],
    keywords: "BEGIN END BEGINFILE ENDFILE break case continue default delete do else exit for func function getline if in next nextfile print printf return switch while",
    constants: "NR NF FS OFS RS ORS FILENAME FNR ENVIRON ARGC ARGV SUBSEP RSTART RLENGTH",
    traits: CALLS | DOLLARS | REGEX,
    ..BASE
};

static VIM: Syntax = Syntax {
    line_comments: &["^\""],
    texts: &[DOUBLE, SINGLE_TWICE_LINE],
    in_words: "#",
    keywords: "abort augroup autocmd break call catch colorscheme command const continue echo echom echomsg else elseif endfor endfunction endif endtry endwhile execute export filetype finally finish for highlight if import in let map nmap nnoremap noremap inoremap vnoremap vmap imap normal return set setlocal silent source syntax throw try unlet vim9script while plugin",
    functions_after: "function function! def",
    constants: "true false v:true v:false v:null",
    traits: CALLS,
    ..BASE
};

static NIX: Syntax = Syntax {
    block_comments: &[("/*", "*/")],
    texts: &[NIX_LINES, DOUBLE_BRACE],
    in_words: "-'",
    keywords: "assert else if in inherit let or rec then with",
    constants: "true false null",
    builtins: "import map throw abort builtins fetchurl fetchTarball toString derivation removeAttrs isNull baseNameOf dirOf",
    traits: KEYS,
    ..BASE
};

static TERRAFORM: Syntax = Syntax {
    line_comments: &["#", "//"],
    block_comments: &[("/*", "*/")],
    texts: &[DOUBLE_BRACE],
    in_words: "-",
    keywords: "check data dynamic else endfor endif for if import in locals module moved output provider provisioner removed resource terraform variable job group task service",
    types: "any bool list map number object set string tuple",
    constants: "true false null var local each self count path",
    traits: CALLS | KEYS | HEREDOCS | MEMBERS,
    ..BASE
};

static CONFIGURED: Syntax = Syntax {
    line_comments: &["#", "//"],
    texts: &[TRIPLE, DOUBLE, SINGLE, GRAVE_RAW],
    keywords: "assert else error for function if import importstr in let local null self super tailstrict then package close",
    types: "bool bytes float int number string uint",
    constants: "true false null std",
    traits: CALLS | KEYS | MEMBERS,
    ..BASE
};

static BASIC: Syntax = Syntax {
    line_comments: &["'", "rem"],
    texts: &[DOUBLE_TWICE],
    keywords: "addressof and andalso as async await byref byval call case catch const continue dim do each else elseif end erase error event exit finally for friend get gosub goto handles if implements imports in inherits is isnot let lib like loop me mod mustinherit mustoverride mybase namespace new next not of on operator option optional or orelse overridable overrides partial private property protected public raiseevent readonly redim resume return select set shadows shared static step stop synclock then throw to try typeof until using wend when while with withevents xor print input",
    functions_after: "function sub",
    types_after: "class module structure enum interface",
    types: "boolean byte char date decimal double integer long object short single string uinteger variant",
    constants: "true false nothing null empty",
    traits: FOLDS | CALLS,
    ..NOTHING
};

static APPLESCRIPT: Syntax = Syntax {
    line_comments: &["--", "#"],
    block_comments: &[("(*", "*)")],
    texts: &[DOUBLE],
    keywords: "about after and as at back before begin by considering contains continue copy div does else end equal error every exit first from get given global if ignoring in into is it its last local me middle mod my not of on or property put ref repeat return returning script second set some tell that the then third through thru times to transaction try until where while whose with without activate display dialog",
    constants: "true false missing value result",
    ..BASE
};

static SINGLE_TEXTS: Syntax = Syntax {
    line_comments: &["//", ";", "#"],
    block_comments: &[("/*", "*/")],
    texts: &[DOUBLE, SINGLE_RAW],
    keywords: "let show set import include if else for while in not and or as return break continue context none auto",
    constants: "true false none auto",
    traits: CALLS | DOLLARS | super::super::syntax::traits::HASH_ATTRIBUTES,
    ..BASE
};

pub(super) static ALL: [Language; 20] = [
    words("Python", &["python", "py", "python3", "py3", "pyi", "sage"], &PYTHON),
    words("Starlark", &["starlark", "bzl", "bazel"], &STARLARK),
    words("Ruby", &["ruby", "rb", "gemspec", "rakefile", "podfile", "vagrantfile"], &RUBY),
    words("Crystal", &["crystal", "cr"], &CRYSTAL),
    words("Perl", &["perl", "pl", "pm", "raku"], &PERL),
    words("Lua", &["lua", "luau"], &LUA),
    words("R", &["r", "rlang", "rscript"], &R),
    words("Julia", &["julia", "jl"], &JULIA),
    words("MATLAB", &["matlab", "octave", "m"], &MATLAB),
    words("Elixir", &["elixir", "ex", "exs", "heex"], &ELIXIR),
    words("Erlang", &["erlang", "erl", "hrl"], &ERLANG),
    words("Tcl", &["tcl"], &TCL),
    words("AWK", &["awk", "gawk"], &AWK),
    words("Vim script", &["vim", "viml", "vimscript"], &VIM),
    words("Nix", &["nix"], &NIX),
    words("HCL", &["hcl", "terraform", "tf", "tfvars", "nomad"], &TERRAFORM),
    words("Jsonnet", &["jsonnet", "libsonnet", "cue", "kdl"], &CONFIGURED),
    words("Basic", &["basic", "vb", "vbnet", "vba", "vbscript", "visualbasic"], &BASIC),
    words("AppleScript", &["applescript", "osascript"], &APPLESCRIPT),
    words("Typst", &["typst", "typ"], &SINGLE_TEXTS),
];
