//! Languages near the machine: C and what came of it, Rust, Go, Zig and others.

use super::super::syntax::traits::{
    ANNOTATIONS, BANGS, CALLS, CAPITALS, HASH_ATTRIBUTES, LABELS, MEMBERS, NESTED, PREPROCESSOR, RAW_HASHES,
    RAW_PARENS, SHOUTS, TICKS,
};
use super::super::syntax::{
    AT_TEXT, DOLLAR_TEXT, DOUBLE, DOUBLE_LINES, DOUBLE_PAREN, GRAVE_RAW, NOTHING, SINGLE, SINGLE_TWICE, Syntax, TRIPLE,
    TRIPLE_PAREN,
};
use super::{Language, words};

/// `//` and `/* */`, texts in quotes, calls.
const BASE: Syntax = Syntax {
    line_comments: &["//"],
    block_comments: &[("/*", "*/")],
    texts: &[DOUBLE, SINGLE],
    traits: CALLS | SHOUTS | MEMBERS,
    ..NOTHING
};

static C: Syntax = Syntax {
    keywords: "auto break case const continue default do else extern for goto if inline register restrict return sizeof static switch typedef volatile while _Alignas _Alignof _Atomic _Generic _Noreturn _Static_assert _Thread_local alignas alignof constexpr static_assert thread_local typeof",
    types_after: "struct union enum",
    types: "void char short int long float double signed unsigned bool _Bool _Complex size_t ssize_t ptrdiff_t intptr_t uintptr_t int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t wchar_t FILE va_list",
    constants: "true false NULL nullptr EOF stdin stdout stderr",
    prefixes: "L u U u8",
    traits: BASE.traits | PREPROCESSOR,
    ..BASE
};

static CPP: Syntax = Syntax {
    keywords: "alignas alignof and and_eq asm auto bitand bitor break case catch co_await co_return co_yield compl const const_cast consteval constexpr constinit continue decltype default delete do dynamic_cast else explicit export extern final for friend goto if import inline module mutable new noexcept not not_eq operator or or_eq override private protected public register reinterpret_cast requires return sizeof static static_assert static_cast switch template this thread_local throw try typedef typeid typename using virtual volatile while xor xor_eq __global__ __device__ __shared__ __host__ __constant__",
    types_after: "class struct union enum namespace concept",
    types: "void char char8_t char16_t char32_t wchar_t short int long float double signed unsigned bool size_t ptrdiff_t string string_view vector map set unordered_map unordered_set array pair tuple optional variant unique_ptr shared_ptr function int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t id BOOL",
    constants: "true false nullptr NULL std",
    prefixes: "L u U u8",
    traits: BASE.traits | PREPROCESSOR | CAPITALS | RAW_PARENS,
    ..BASE
};

static OBJECTIVE_C: Syntax = Syntax {
    keywords: "auto break case const continue default do else extern for goto if in inline register return sizeof static switch typedef volatile while self super nonatomic strong weak copy readonly readwrite assign atomic __block __weak",
    types_after: "struct union enum",
    types: "void char short int long float double signed unsigned id SEL IMP BOOL instancetype Class NSInteger NSUInteger CGFloat",
    constants: "YES NO nil Nil NULL true false",
    traits: BASE.traits | PREPROCESSOR | CAPITALS | ANNOTATIONS,
    ..BASE
};

static RUST: Syntax = Syntax {
    texts: &[DOUBLE_LINES],
    prefixes: "b c",
    keywords: "as async await become box break const continue crate dyn else extern for gen if impl in let loop match mod move mut priv pub ref return static super unsafe use where while yield macro_rules",
    functions_after: "fn",
    types_after: "struct enum trait union type",
    types: "bool char str u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 Self",
    constants: "true false self None Some Ok Err",
    traits: BASE.traits | CAPITALS | TICKS | BANGS | HASH_ATTRIBUTES | RAW_HASHES | NESTED,
    ..BASE
};

static GO: Syntax = Syntax {
    texts: &[DOUBLE, SINGLE, GRAVE_RAW],
    keywords: "break case chan const continue default defer else fallthrough for go goto if import interface map package range return select struct switch var",
    functions_after: "func",
    types_after: "type",
    types: "any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint uint8 uint16 uint32 uint64 uintptr",
    constants: "true false nil iota",
    builtins: "append cap clear close complex copy delete imag len make max min new panic print println real recover",
    traits: CALLS | MEMBERS,
    ..BASE
};

static ZIG: Syntax = Syntax {
    block_comments: &[],
    keywords: "addrspace align allowzero and anyframe anytype asm async await break callconv catch comptime const continue defer else enum errdefer error export extern for if inline linksection noalias noinline nosuspend opaque or orelse packed pub resume return struct suspend switch test threadlocal try union unreachable usingnamespace var volatile while",
    functions_after: "fn",
    types: "anyerror anyopaque bool c_char c_int c_long c_short c_uint c_ulong comptime_float comptime_int f16 f32 f64 f80 f128 i8 i16 i32 i64 i128 isize noreturn type u1 u8 u16 u32 u64 u128 usize void",
    constants: "true false null undefined",
    traits: CALLS | CAPITALS | MEMBERS | ANNOTATIONS,
    ..BASE
};

static D: Syntax = Syntax {
    block_comments: &[("/*", "*/"), ("/+", "+/")],
    texts: &[DOUBLE_LINES, SINGLE, GRAVE_RAW],
    prefixes: "r",
    keywords: "abstract alias align asm assert auto body break case cast catch const continue debug default delegate delete deprecated do else export extern final finally for foreach foreach_reverse function goto if immutable import in inout invariant is lazy macro mixin module new nothrow out override package pragma private protected public pure ref return scope shared static super switch synchronized template this throw try typeid typeof unittest version while with",
    types_after: "class struct interface enum union",
    types: "bool byte ubyte short ushort int uint long ulong cent char wchar dchar float double real void string wstring dstring size_t",
    constants: "true false null",
    traits: BASE.traits | CAPITALS | ANNOTATIONS,
    ..BASE
};

static V: Syntax = Syntax {
    texts: &[DOUBLE, SINGLE, GRAVE_RAW],
    keywords: "as asm assert atomic break const continue defer else for go goto if import in is isreftype lock match module mut or pub return rlock select shared sizeof spawn static typeof union unsafe volatile",
    functions_after: "fn",
    types_after: "struct enum interface type",
    types: "bool string i8 i16 int i64 i128 u8 u16 u32 u64 u128 rune f32 f64 isize usize voidptr any map chan",
    constants: "true false none",
    traits: CALLS | CAPITALS | MEMBERS | ANNOTATIONS,
    ..BASE
};

static NIM: Syntax = Syntax {
    line_comments: &["#"],
    block_comments: &[("#[", "]#")],
    texts: &[TRIPLE, DOUBLE],
    prefixes: "r f fmt",
    keywords: "addr and as asm bind block break case cast concept const continue defer discard distinct div do elif else end enum except export finally for from if import in include interface is isnot let mixin mod nil not notin object of or out ptr raise ref return shl shr static try tuple using var when while xor yield",
    functions_after: "proc func method iterator template macro converter",
    types_after: "type",
    types: "int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 float float32 float64 bool char string cstring seq array set openArray auto void any untyped typed",
    constants: "true false nil result",
    traits: CALLS | CAPITALS | TICKS | NESTED,
    ..NOTHING
};

static SWIFT: Syntax = Syntax {
    texts: &[TRIPLE_PAREN, DOUBLE_PAREN],
    keywords: "actor any as associatedtype async await break case catch continue convenience default defer deinit do dynamic else fallthrough fileprivate final for guard if import in indirect infix init inout internal is isolated lazy let mutating nonisolated nonmutating open operator optional override postfix precedencegroup prefix private public repeat required rethrows return set get some static subscript super switch throw throws try unowned var weak where while willSet didSet",
    functions_after: "func macro",
    types_after: "class struct enum protocol extension typealias",
    types: "Any Self",
    constants: "true false nil self",
    traits: CALLS | CAPITALS | MEMBERS | ANNOTATIONS | PREPROCESSOR | NESTED,
    ..BASE
};

static CSHARP: Syntax = Syntax {
    texts: &[TRIPLE, DOLLAR_TEXT, AT_TEXT, DOUBLE, SINGLE],
    keywords: "abstract add and as async await base break case catch checked const continue default delegate do else event explicit extern finally fixed for foreach from get global goto group if implicit in init internal into is join let lock managed nameof not notnull on operator or orderby out override params partial private protected public readonly ref remove required return scoped sealed select set sizeof stackalloc static switch this throw try typeof unchecked unmanaged unsafe using value var virtual volatile when where while with yield",
    types_after: "class struct interface enum record namespace new",
    types: "bool byte char decimal double dynamic float int long nint nuint object sbyte short string uint ulong ushort void",
    constants: "true false null",
    traits: BASE.traits | CAPITALS | PREPROCESSOR,
    ..BASE
};

static SHADER: Syntax = Syntax {
    keywords: "attribute break buffer case cbuffer centroid const constant continue default discard do else enable flat for fragment highp if in inout invariant layout let loop lowp mediump noperspective out override packed precision readonly register return restrict sampler shared smooth static struct subroutine switch texture uniform using var varying vertex volatile while writeonly kernel device threadgroup",
    functions_after: "fn",
    types: "void bool int uint float double half f16 f32 i32 u32 vec2 vec3 vec4 bvec2 bvec3 bvec4 ivec2 ivec3 ivec4 uvec2 uvec3 uvec4 mat2 mat3 mat4 float2 float3 float4 float3x3 float4x4 half4 int2 int3 int4 uint2 uint3 uint4 mat2x2 mat3x3 mat4x4 array ptr atomic sampler2D sampler3D samplerCube Texture2D SamplerState texture_2d sampler_comparison",
    constants: "true false",
    traits: BASE.traits | PREPROCESSOR | ANNOTATIONS,
    ..BASE
};

static SOLIDITY: Syntax = Syntax {
    keywords: "abstract anonymous as assembly break calldata case catch constant constructor continue default delete do else emit external fallback final for if immutable import indexed internal is let memory new override payable pragma private public pure receive return returns revert storage super switch this throw transient try unchecked unicode using var view virtual while",
    functions_after: "function modifier event error",
    types_after: "contract interface library struct enum type",
    types: "address bool bytes bytes1 bytes4 bytes20 bytes32 int int8 int128 int256 uint uint8 uint16 uint32 uint64 uint128 uint256 string mapping fixed ufixed",
    constants: "true false wei gwei ether seconds minutes hours days weeks msg block tx",
    traits: BASE.traits | CAPITALS,
    ..BASE
};

static ASSEMBLY: Syntax = Syntax {
    line_comments: &[";", "//", "^#", "@"],
    block_comments: &[("/*", "*/")],
    texts: &[DOUBLE, SINGLE_TWICE],
    in_words: "%",
    keywords: "mov movl movq movzx movsx movb movw lea push pop add sub mul imul div idiv inc dec neg and or xor not shl shr sar sal rol ror cmp test jmp je jne jz jnz jg jge jl jle ja jae jb jbe call ret leave enter nop int syscall cdq cqo rep movsb movsd stosb ldr str ldp stp adr adrp b bl bx blr br cbz cbnz beq bne blt bgt ble bge svc li la lw sw lb sb ld sd addi jal jalr ecall beqz bnez mv j section global extern db dw dd dq resb resw resd resq equ times align bits org default",
    types: "rax rbx rcx rdx rsi rdi rbp rsp r8 r9 r10 r11 r12 r13 r14 r15 eax ebx ecx edx esi edi ebp esp ax bx cx dx al ah bl bh cl ch dl dh x0 x1 x2 x3 x8 x29 x30 w0 w1 w2 w8 sp lr pc fp r0 r1 r2 r3 r4 r5 r6 r7 a0 a1 a2 a7 t0 t1 t2 s0 s1 ra zero %rax %rbx %rcx %rdx %rsi %rdi %rbp %rsp %eax %ebx %ecx %edx %esi %edi xmm0 xmm1 xmm2 xmm3 byte word dword qword ptr",
    traits: super::super::syntax::traits::FOLDS | LABELS | super::super::syntax::traits::DOT_WORDS,
    ..NOTHING
};

pub(super) static ALL: [Language; 14] = [
    words("C", &["c", "h"], &C),
    words("C++", &["cpp", "c++", "cc", "cxx", "hpp", "hh", "hxx", "ino", "arduino", "cuda", "cu"], &CPP),
    words("Objective-C", &["objective-c", "objectivec", "objc", "mm"], &OBJECTIVE_C),
    words("Rust", &["rust", "rs"], &RUST),
    words("Go", &["go", "golang"], &GO),
    words("Zig", &["zig"], &ZIG),
    words("D", &["d", "dlang"], &D),
    words("V", &["v", "vlang"], &V),
    words("Nim", &["nim"], &NIM),
    words("Swift", &["swift"], &SWIFT),
    words("C#", &["csharp", "cs", "c#"], &CSHARP),
    words("GLSL", &["glsl", "vert", "frag", "wgsl", "hlsl", "metal", "shader"], &SHADER),
    words("Solidity", &["solidity", "sol"], &SOLIDITY),
    words("Assembly", &["asm", "assembly", "nasm", "x86asm", "s", "armasm", "riscv"], &ASSEMBLY),
];
