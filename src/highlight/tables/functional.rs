//! Functional languages, Lisps, and languages of logic.

use super::super::syntax::traits::{
    ANNOTATIONS, CALLS, CAPITALS, HASH_ATTRIBUTES, HEADS, MEMBERS, NESTED, SYMBOLS, TICKS,
};
use super::super::syntax::{BAR_TEXT, DOUBLE, DOUBLE_LINES, NOTHING, SINGLE, Syntax, TRIPLE};
use super::{Language, words};

static HASKELL: Syntax = Syntax {
    line_comments: &["--"],
    block_comments: &[("{-", "-}")],
    texts: &[DOUBLE],
    in_words: "'",
    keywords: "as case default deriving do else family forall foreign hiding if import in infix infixl infixr instance let mdo module of pattern proc qualified rec role then via where",
    types_after: "data newtype class type",
    constants: "True False Nothing Just Left Right otherwise",
    builtins: "filter foldl foldr fmap fst head id length map mapM mapM_ print pure putStrLn return reverse show snd sum tail traverse zip",
    traits: CAPITALS | TICKS | NESTED,
    ..NOTHING
};

static ELM: Syntax = Syntax {
    keywords: "alias as case effect else exposing if import in infix let module of port then type where",
    constants: "True False Nothing Just Ok Err",
    builtins: "",
    ..HASKELL_LIKE
};

const HASKELL_LIKE: Syntax = Syntax {
    line_comments: &["--"],
    block_comments: &[("{-", "-}")],
    texts: &[TRIPLE, DOUBLE],
    in_words: "'",
    traits: CAPITALS | TICKS | NESTED,
    ..NOTHING
};

static LEAN: Syntax = Syntax {
    block_comments: &[("/-", "-/")],
    keywords: "abbrev axiom by calc class deriving do else end example extends for from have if import in induction inductive instance let match mutual namespace noncomputable open partial private protected rec return section set_option show simp suffices then universe unsafe variable where with Proof Qed Require Import Definition Fixpoint Inductive Lemma Notation forall exists fun",
    functions_after: "def theorem lemma Theorem",
    types_after: "structure",
    types: "Type Prop Sort Nat Int String Bool",
    constants: "true false none some",
    ..HASKELL_LIKE
};

static OCAML: Syntax = Syntax {
    block_comments: &[("(*", "*)")],
    texts: &[BAR_TEXT, DOUBLE_LINES],
    in_words: "'",
    keywords: "and as assert asr begin class constraint do done downto else end exception external for fun function functor if in include inherit initializer land lazy let lor lsl lsr lxor match method mod module mutable new nonrec object of open or private rec sig struct then to try type val virtual when while with",
    types: "array bool bytes char exn float int lazy_t list option ref result string unit",
    constants: "true false None Some Ok Error",
    traits: CAPITALS | TICKS | NESTED,
    ..NOTHING
};

static FSHARP: Syntax = Syntax {
    line_comments: &["//"],
    block_comments: &[("(*", "*)")],
    texts: &[TRIPLE, super::super::syntax::AT_TEXT, super::super::syntax::DOLLAR_TEXT, DOUBLE_LINES],
    in_words: "'",
    keywords: "abstract and as assert base begin class default delegate do done downcast downto elif else end exception extern finally fixed for fun function global if in inherit inline interface internal lazy let match member module mutable namespace new not of open or override private public rec return select sig static struct then to try type upcast use val void when while with yield async task",
    types: "bool byte char decimal double float float32 int int64 list obj option seq string unit uint8 Result",
    constants: "true false null None Some Ok Error",
    traits: CAPITALS | TICKS | NESTED | CALLS,
    ..NOTHING
};

static REASON: Syntax = Syntax {
    line_comments: &["//"],
    block_comments: &[("/*", "*/")],
    texts: &[DOUBLE, super::super::syntax::TEMPLATE],
    keywords: "as assert async await case const else exception external fn for fun if import in include lazy let match module mut mutable of open opaque panic pub rec switch todo try type use when while with",
    types: "array bool char float int list option result string unit",
    constants: "true false None Some Ok Error True False Nil",
    traits: CAPITALS | CALLS | ANNOTATIONS | TICKS,
    ..NOTHING
};

/// Words of Lisps hold almost anything.
const LISP: Syntax = Syntax {
    line_comments: &[";"],
    block_comments: &[("#|", "|#")],
    texts: &[DOUBLE_LINES],
    in_words: "-+*/<>=!?%&$~^.",
    traits: HEADS | NESTED,
    ..NOTHING
};

static CLOJURE: Syntax = Syntax {
    block_comments: &[],
    keywords: "and binding case catch comment cond condp do doseq dotimes finally fn for if if-let if-not let letfn loop ns or quote recur require set! throw try use var when when-let when-not while -> ->>",
    functions_after: "def defn defn- defmacro defmulti defmethod defonce",
    types_after: "defprotocol defrecord deftype",
    constants: "true false nil",
    traits: HEADS | SYMBOLS | ANNOTATIONS,
    ..LISP
};

static COMMON_LISP: Syntax = Syntax {
    keywords: "and block case catch cond declare do dolist dotimes ecase eval-when flet format function go handler-case if labels lambda let let* loop macrolet multiple-value-bind or progn prog1 quote return return-from setf setq tagbody the throw typecase unless unwind-protect use-package when when-let while with-open-file in-package interactive provide require save-excursion",
    functions_after: "defun defmacro defgeneric defmethod defvar defparameter defconstant defsubst defcustom",
    types_after: "defclass defstruct deftype defpackage",
    constants: "t nil",
    traits: HEADS | SYMBOLS | NESTED,
    ..LISP
};

static SCHEME: Syntax = Syntax {
    keywords: "and begin call-with-current-continuation call/cc case case-lambda cond cond-expand define define-library define-record-type define-syntax delay delay-force do else export guard if import lambda let let* let*-values let-syntax let-values letrec letrec* match or parameterize provide quasiquote quote require set! struct syntax-case syntax-rules unless unquote values when module for for/list",
    constants: "#t #f #true #false",
    ..LISP
};

static WAT: Syntax = Syntax {
    line_comments: &[";;"],
    block_comments: &[("(;", ";)")],
    keywords: "block br br_if call data elem else end export func global if import local loop memory module mut offset param result return start table then type",
    types: "i32 i64 f32 f64 v128 funcref externref anyref",
    in_words: "-+*/<>=!?%&~^.",
    traits: super::super::syntax::traits::DOLLARS | NESTED,
    ..LISP
};

static PROLOG: Syntax = Syntax {
    line_comments: &["%"],
    block_comments: &[("/*", "*/")],
    texts: &[DOUBLE, SINGLE],
    keywords: "is mod rem dynamic discontiguous module use_module not initialization",
    constants: "true false fail",
    traits: CALLS | CAPITALS,
    ..NOTHING
};

static PURE: Syntax = Syntax {
    line_comments: &["//", "--", "#"],
    block_comments: &[("/*", "*/")],
    texts: &[TRIPLE, DOUBLE],
    keywords: "as break capability case const do effect else export extends external for if import in interface let linear match model module move new of open public pure return rule select then use val var where while with ability acquires friend spec",
    functions_after: "fun fn func function def",
    types_after: "type struct class enum datatype record",
    types: "Int Float String Bool u8 u64 u128 address bool vector",
    constants: "true false none",
    traits: CALLS | CAPITALS | MEMBERS | HASH_ATTRIBUTES,
    ..NOTHING
};

pub(super) static ALL: [Language; 13] = [
    words("Haskell", &["haskell", "hs", "lhs", "purescript", "purs", "idris", "idr", "agda"], &HASKELL),
    words("Elm", &["elm"], &ELM),
    words("Lean", &["lean", "lean4", "coq", "rocq"], &LEAN),
    words("OCaml", &["ocaml", "ml", "mli", "sml"], &OCAML),
    words("F#", &["fsharp", "fs", "fsx", "f#"], &FSHARP),
    words("ReScript", &["rescript", "res", "reason", "re", "reasonml"], &REASON),
    words("Gleam", &["gleam", "roc"], &REASON),
    words("Clojure", &["clojure", "clj", "cljs", "cljc", "edn"], &CLOJURE),
    words("Lisp", &["lisp", "common-lisp", "commonlisp", "cl", "elisp", "emacs-lisp", "el"], &COMMON_LISP),
    words("Scheme", &["scheme", "scm", "racket", "rkt", "ss"], &SCHEME),
    words("WebAssembly text", &["wat", "wast", "wasm"], &WAT),
    words("Prolog", &["prolog", "datalog"], &PROLOG),
    words("Move", &["move", "unison", "koka", "pkl"], &PURE),
];
