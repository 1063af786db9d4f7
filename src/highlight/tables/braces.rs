//! Languages of the Java and .NET worlds, and others with braces and classes.

use super::super::syntax::traits::{
    ANNOTATIONS, CALLS, CAPITALS, DOLLARS, HEREDOCS, MEMBERS, NESTED, REGEX, SHOUTS, TICKS,
};
use super::super::syntax::{
    DOUBLE, DOUBLE_DOLLAR, NOTHING, SINGLE, SINGLE_DOLLAR, SINGLE_LINES, Syntax, TRIPLE, TRIPLE_DOLLAR, TRIPLE_SINGLE,
    TRIPLE_SINGLE_DOLLAR,
};
use super::{Language, words};

const BASE: Syntax = Syntax {
    line_comments: &["//"],
    block_comments: &[("/*", "*/")],
    texts: &[TRIPLE, DOUBLE, SINGLE],
    traits: CALLS | SHOUTS | MEMBERS | CAPITALS | ANNOTATIONS,
    ..NOTHING
};

static JAVA: Syntax = Syntax {
    keywords: "abstract assert break case catch const continue default do else exports extends final finally for goto if implements import instanceof module native new non-sealed open opens package permits private protected provides public requires return sealed static strictfp super switch synchronized this throw throws to transient transitive try uses var volatile when while with yield",
    types_after: "class interface enum record",
    types: "boolean byte char double float int long short void",
    constants: "true false null",
    ..BASE
};

static KOTLIN: Syntax = Syntax {
    texts: &[TRIPLE_DOLLAR, DOUBLE_DOLLAR, SINGLE],
    keywords: "abstract actual annotation as break by catch companion const constructor continue crossinline data delegate do dynamic else expect external field file final finally for get if import in infix init inline inner internal is it lateinit noinline open operator out override package private protected public reified return sealed set super suspend tailrec throw try val value var vararg when where while",
    functions_after: "fun",
    types_after: "class interface object typealias enum",
    constants: "true false null this",
    traits: BASE.traits | NESTED,
    ..BASE
};

static SCALA: Syntax = Syntax {
    texts: &[TRIPLE, DOUBLE],
    prefixes: "s f raw",
    keywords: "abstract as case catch derives do else end export extends extension final finally for forSome given if implicit import infix inline lazy match new opaque open override package private protected return sealed super then this throw transparent try using val var while with yield",
    functions_after: "def",
    types_after: "class trait object type enum",
    constants: "true false null",
    traits: BASE.traits | TICKS | NESTED,
    ..BASE
};

static GROOVY: Syntax = Syntax {
    texts: &[TRIPLE_DOLLAR, TRIPLE_SINGLE, DOUBLE_DOLLAR, SINGLE],
    keywords: "abstract as assert break case catch const continue default do else extends final finally for goto if implements import in instanceof native new package private protected public return static super switch synchronized this throw throws trait transient try var volatile while pipeline agent stages stage steps post environment plugins dependencies implementation",
    functions_after: "def",
    types_after: "class interface enum",
    types: "boolean byte char double float int long short void",
    constants: "true false null",
    traits: BASE.traits | REGEX,
    ..BASE
};

static DART: Syntax = Syntax {
    texts: &[TRIPLE_DOLLAR, TRIPLE_SINGLE_DOLLAR, DOUBLE_DOLLAR, SINGLE_DOLLAR],
    prefixes: "r",
    keywords: "abstract as assert async await base break case catch const continue covariant default deferred do dynamic else export extends external factory final finally for Function get hide if implements import in is late library new on operator part required rethrow return sealed set show static super switch sync this throw try typedef var when while with yield",
    types_after: "class enum extension mixin",
    types: "bool double int num void",
    constants: "true false null",
    ..BASE
};

static PHP: Syntax = Syntax {
    line_comments: &["//", "#"],
    texts: &[DOUBLE_DOLLAR, SINGLE_LINES],
    keywords: "abstract and array as break callable case catch clone const continue declare default die do echo else elseif empty enddeclare endfor endforeach endif endswitch endwhile eval exit extends final finally for foreach global goto if implements include include_once instanceof insteadof isset list match new or print private protected public readonly require require_once return static switch throw try unset use var while xor yield from parent self",
    functions_after: "function fn",
    types_after: "class interface trait enum namespace",
    types: "bool float int iterable mixed never object string void",
    constants: "true false null TRUE FALSE NULL __DIR__ __FILE__ __LINE__ __CLASS__ __FUNCTION__ __METHOD__ __NAMESPACE__",
    traits: CALLS | CAPITALS | SHOUTS | DOLLARS | HEREDOCS,
    ..BASE
};

static GDSCRIPT: Syntax = Syntax {
    line_comments: &["#"],
    block_comments: &[],
    keywords: "and as assert await break breakpoint class_name const continue elif else extends for if in is match not onready or pass preload return self setget signal static super tool var while when yield",
    functions_after: "func",
    types_after: "class enum",
    types: "bool float int String void Array Dictionary",
    constants: "true false null PI TAU INF NAN",
    traits: BASE.traits | DOLLARS,
    ..BASE
};

static HAXE: Syntax = Syntax {
    keywords: "abstract break case cast catch component continue default delegate do dynamic else except extends extern final finally for get global if implements import in instanceof internal is let lock mutable namespace native new on out override package private protected public return sealed set static super switch this throw trigger try use uses using val var virtual void while with",
    functions_after: "function fun fn def func",
    types_after: "class interface enum struct trait typedef abstract",
    types: "Int Float Bool String Void Dynamic",
    constants: "true false null",
    traits: BASE.traits,
    ..BASE
};

pub(super) static ALL: [Language; 8] = [
    words("Java", &["java", "jsp"], &JAVA),
    words("Kotlin", &["kotlin", "kt", "kts"], &KOTLIN),
    words("Scala", &["scala", "sc", "sbt"], &SCALA),
    words("Groovy", &["groovy", "gradle", "jenkinsfile"], &GROOVY),
    words("Dart", &["dart"], &DART),
    words("PHP code", &["php-code"], &PHP),
    words("GDScript", &["gdscript", "gd"], &GDSCRIPT),
    words("Haxe", &["haxe", "hx"], &HAXE),
];
