//! Shells, and files that are mostly commands.

use super::super::syntax::traits::{
    CALLS, COMMANDS, COMMENT_APART, DOLLARS, FOLDS, HEREDOCS, KEYS, LABELS, OPTIONS, PERCENT_VARIABLES,
};
use super::super::syntax::{
    DOUBLE, DOUBLE_DOLLAR, DOUBLE_GRAVE, DOUBLE_LINES, HERE_DOUBLE, HERE_SINGLE, NOTHING, SINGLE, SINGLE_RAW,
    SINGLE_TWICE, Syntax,
};
use super::{Language, words};

const BASE: Syntax = Syntax {
    line_comments: &["#"],
    texts: &[DOUBLE_DOLLAR, SINGLE_RAW],
    in_words: "-./+",
    traits: COMMANDS | DOLLARS | OPTIONS | COMMENT_APART,
    ..NOTHING
};

static BASH: Syntax = Syntax {
    keywords: "case coproc do done elif else esac exec export fi for function if in local readonly return select set shift source then time trap typeset until unset while declare eval alias",
    constants: "true false",
    traits: BASE.traits | HEREDOCS,
    ..BASE
};

static FISH: Syntax = Syntax {
    keywords: "and begin break case command continue else end exec for function if in not or return set switch while",
    constants: "true false",
    ..BASE
};

static NUSHELL: Syntax = Syntax {
    texts: &[DOUBLE, SINGLE_RAW, super::super::syntax::GRAVE_RAW],
    keywords: "alias break catch const continue def do each else export extern for hide if in let let-env loop match module mut overlay return source try use where while",
    types: "any binary bool date duration filesize float int list nothing record string table",
    constants: "true false null",
    ..BASE
};

static POWERSHELL: Syntax = Syntax {
    block_comments: &[("<#", "#>")],
    texts: &[HERE_DOUBLE, HERE_SINGLE, DOUBLE_GRAVE, SINGLE_TWICE],
    in_words: "-",
    keywords: "begin break catch continue data do dynamicparam else elseif end enum exit finally for foreach from hidden if in param process return static switch throw trap try until using while",
    functions_after: "function filter workflow",
    types_after: "class",
    traits: FOLDS | COMMANDS | CALLS | DOLLARS | OPTIONS,
    ..BASE
};

static BATCH: Syntax = Syntax {
    line_comments: &["rem", "::"],
    texts: &[DOUBLE],
    in_words: "-./",
    keywords: "call cd cls copy defined del do echo else endlocal equ errorlevel exist exit for geq goto gtr if in leq lss md mkdir move neq not off on pause popd pushd rd rmdir set setlocal shift start title type ver",
    traits: FOLDS | COMMANDS | PERCENT_VARIABLES,
    ..NOTHING
};

static DOCKERFILE: Syntax = Syntax {
    texts: &[DOUBLE_DOLLAR, SINGLE],
    keywords: "add arg as cmd copy entrypoint env expose from healthcheck label maintainer onbuild run shell stopsignal user volume workdir",
    traits: FOLDS | DOLLARS | OPTIONS | COMMENT_APART | HEREDOCS,
    ..BASE
};

static MAKEFILE: Syntax = Syntax {
    texts: &[DOUBLE_DOLLAR, SINGLE],
    keywords: "define else endef endif export ifdef ifeq ifndef ifneq include override private sinclude undefine unexport vpath",
    traits: DOLLARS | LABELS | OPTIONS | COMMENT_APART | super::super::syntax::traits::DOT_WORDS | KEYS,
    ..BASE
};

static JUST: Syntax = Syntax {
    texts: &[DOUBLE, SINGLE_RAW],
    keywords: "alias else export if import mod set",
    constants: "true false",
    traits: LABELS | OPTIONS | COMMENT_APART | KEYS,
    ..BASE
};

static CMAKE: Syntax = Syntax {
    block_comments: &[("#[[", "]]")],
    texts: &[DOUBLE_DOLLAR],
    in_words: "-.",
    keywords: "AND APPEND CACHE COMMAND COMPONENTS CONFIG CXX C DEFINED DEPENDS DESTINATION EQUAL EXCLUDE_FROM_ALL EXISTS FORCE GLOBAL IMPORTED IN INTERFACE LANGUAGES LESS LIBRARY MATCHES NAMES NOT OR PARENT_SCOPE PATHS PRIVATE PROPERTIES PUBLIC REQUIRED SHARED STATIC STREQUAL TARGETS TARGET VERSION VERSION_LESS if else elseif endif foreach endforeach while endwhile function endfunction macro endmacro return break continue",
    constants: "ON OFF TRUE FALSE",
    traits: CALLS | DOLLARS,
    ..BASE
};

static NGINX: Syntax = Syntax {
    texts: &[DOUBLE_LINES, SINGLE],
    in_words: "-./",
    keywords: "server location upstream http events stream if map types",
    constants: "on off",
    traits: COMMANDS | DOLLARS | COMMENT_APART,
    ..BASE
};

static CADDY: Syntax = Syntax {
    texts: &[DOUBLE_LINES, super::super::syntax::GRAVE_RAW],
    keywords: "import handle handle_path route respond redir rewrite reverse_proxy file_server encode tls header log root basicauth try_files",
    constants: "on off",
    ..BASE
};

static GIT_FILES: Syntax = Syntax { keywords: "pick reword edit squash fixup exec drop label reset merge", ..BASE };

static HTTP: Syntax = Syntax {
    line_comments: &["#"],
    texts: &[DOUBLE],
    in_words: "-",
    keywords: "GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH QUERY HTTP",
    traits: LABELS,
    ..NOTHING
};

pub(super) static ALL: [Language; 13] = [
    words("Bash", &["bash", "sh", "shell", "zsh", "ksh", "ash", "dash", "shellscript", "pkgbuild"], &BASH),
    words("Fish", &["fish"], &FISH),
    words("Nushell", &["nushell", "nu"], &NUSHELL),
    words("PowerShell", &["powershell", "pwsh", "ps1", "psm1", "ps"], &POWERSHELL),
    words("Batch", &["batch", "bat", "cmd", "dosbatch"], &BATCH),
    words("Dockerfile", &["dockerfile", "docker", "containerfile"], &DOCKERFILE),
    words("Makefile", &["makefile", "make", "mk", "mak"], &MAKEFILE),
    words("Just", &["just", "justfile"], &JUST),
    words("CMake", &["cmake"], &CMAKE),
    words("nginx", &["nginx", "nginxconf", "apache", "apacheconf", "htaccess"], &NGINX),
    words("Caddyfile", &["caddy", "caddyfile"], &CADDY),
    words("Git rebase", &["git-rebase", "git-rebase-todo"], &GIT_FILES),
    words("HTTP", &["http", "https", "rest"], &HTTP),
];
