//! Languages for hardware, for big computers, and for numbers.

use super::super::syntax::traits::{CALLS, DOLLARS, FOLDS, PREPROCESSOR, SHOUTS, TICKS};
use super::super::syntax::{DOUBLE, DOUBLE_TWICE, NOTHING, SINGLE_TWICE, Syntax};
use super::{Language, words};

static PASCAL: Syntax = Syntax {
    line_comments: &["//"],
    block_comments: &[("{", "}"), ("(*", "*)")],
    texts: &[SINGLE_TWICE],
    keywords: "absolute abstract and array as asm begin case class const constructor destructor dispinterface div do downto else end except exports external file finalization finally for forward goto if implementation in inherited initialization inline interface is label library mod nil not object of on operator or out overload override packed private program property protected public published raise read record repeat resourcestring set shl shr then threadvar to try type unit until uses var virtual while with write xor",
    functions_after: "function procedure",
    types: "boolean byte cardinal char double extended int64 integer longint pchar pointer real shortint single smallint string tobject word",
    constants: "true false nil self result",
    traits: FOLDS | CALLS,
    ..NOTHING
};

static ADA: Syntax = Syntax {
    line_comments: &["--"],
    texts: &[DOUBLE_TWICE],
    keywords: "abort abs abstract accept access aliased all and array at begin body case constant declare delay delta digits do else elsif end entry exception exit for generic goto if in interface is limited loop mod new not null of or others out overriding pragma private protected raise range record rem renames requeue return reverse select separate some subtype synchronized tagged task terminate then until use when while with xor",
    functions_after: "function procedure",
    types_after: "package type",
    types: "boolean character duration float integer natural positive string",
    constants: "true false null",
    traits: FOLDS | TICKS | CALLS,
    ..NOTHING
};

static FORTRAN: Syntax = Syntax {
    line_comments: &["!"],
    texts: &[DOUBLE_TWICE, SINGLE_TWICE],
    keywords: "abstract allocatable allocate assign associate asynchronous backspace bind block call case class close common concurrent contains continue cycle data deallocate deferred dimension do elemental else elseif elsewhere end enddo endif endfunction endmodule endprogram endsubroutine entry enum enumerator equivalence exit extends external final forall format generic goto if implicit import in inout inquire intent interface intrinsic kind len namelist none nullify only open operator optional out parameter pass pointer print private procedure protected public pure read recursive result return rewind save select selectcase sequence stop submodule target then to use value volatile where while write",
    functions_after: "function subroutine program module",
    types: "character complex double integer logical precision real type",
    traits: FOLDS | CALLS,
    ..NOTHING
};

static COBOL: Syntax = Syntax {
    line_comments: &["*>", "^*"],
    texts: &[DOUBLE_TWICE, SINGLE_TWICE],
    in_words: "-",
    keywords: "accept add advancing after all and are assign at author before by call close compute configuration copy data delete depending display divide division else end end-evaluate end-if end-perform end-read environment evaluate exit fd file file-control from function giving go goback identification if in initialize input input-output inspect into invalid is key linkage merge move multiply not number occurs of open or organization output perform pic picture procedure program program-id read receive record redefines remaining replacing return rewrite rounded run section select sequential set size sort start status stop string subtract tallying than then thru times to unstring until up upon usage using value values varying when with working-storage write",
    constants: "zero zeros zeroes space spaces high-value low-value true false null",
    traits: FOLDS,
    ..NOTHING
};

static VERILOG: Syntax = Syntax {
    line_comments: &["//"],
    block_comments: &[("/*", "*/")],
    texts: &[DOUBLE],
    in_words: "`",
    keywords: "always always_comb always_ff always_latch and assert assign assume automatic begin buf case casex casez class clocking const constraint cover default defparam disable edge else end endcase endclass endclocking endfunction endgenerate endinterface endmodule endpackage endproperty endtask enum export extends extern final for forever fork generate genvar if iff import initial inout input interface join localparam modport nand negedge new nor not or output package parameter posedge primitive priority program property pure rand randc repeat return specify static struct super table this timeunit typedef union unique virtual wait while with xnor xor",
    functions_after: "module function task",
    types: "bit byte int integer logic longint real reg shortint signed string supply0 supply1 time tri unsigned void wire",
    traits: CALLS | DOLLARS | SHOUTS,
    ..NOTHING
};

static VHDL: Syntax = Syntax {
    line_comments: &["--"],
    block_comments: &[("/*", "*/")],
    texts: &[DOUBLE],
    keywords: "abs access after alias all and architecture array assert attribute begin block body buffer bus case component configuration constant disconnect downto else elsif end entity exit file for generate generic group guarded if impure in inertial inout is label library linkage literal loop map mod nand new next nor not null of on open or others out package port postponed procedure process pure range record register reject rem report return rol ror select severity shared signal sla sll sra srl subtype then to transport type unaffected units until use variable wait when while with xnor xor",
    functions_after: "function",
    types: "bit bit_vector boolean character integer natural positive real signed std_logic std_logic_vector std_ulogic string time unsigned",
    constants: "true false",
    traits: FOLDS | TICKS | CALLS,
    ..NOTHING
};

static STATISTICS: Syntax = Syntax {
    line_comments: &["//", "^*"],
    block_comments: &[("/*", "*/")],
    texts: &[DOUBLE, SINGLE_TWICE],
    keywords: "array bayes by capture class clear data datalines do drop else end evaluate filename for forvalues foreach format functions gen generate if infile input keep label length let libname list local logistic macro matrix mend merge model nofreq noprint of options output parameters predict print proc program quietly quit regress rename replace run set sort summarize table then to transformed use var vector where while with xtset lower upper",
    types: "int real simplex",
    traits: FOLDS | CALLS | DOLLARS,
    ..NOTHING
};

static GCODE: Syntax = Syntax {
    line_comments: &[";"],
    block_comments: &[("(", ")")],
    keywords: "G0 G1 G2 G3 G4 G17 G20 G21 G28 G54 G90 G91 G92 M0 M1 M2 M3 M4 M5 M6 M8 M9 M30 M82 M84 M104 M106 M107 M109 M140 M190",
    traits: FOLDS,
    ..NOTHING
};

static SCAD: Syntax = Syntax {
    line_comments: &["//"],
    block_comments: &[("/*", "*/")],
    texts: &[DOUBLE],
    keywords: "else for if include intersection_for let use each assert echo",
    functions_after: "module function",
    constants: "true false undef PI",
    traits: CALLS | DOLLARS,
    ..NOTHING
};

static LINKER: Syntax = Syntax {
    line_comments: &["//"],
    block_comments: &[("/*", "*/")],
    texts: &[DOUBLE],
    in_words: "-,",
    keywords: "delete-node delete-property include memreserve dts-v1 plugin MEMORY SECTIONS ENTRY KEEP PROVIDE ORIGIN LENGTH ALIGN",
    traits: CALLS | PREPROCESSOR | super::super::syntax::traits::KEYS,
    ..NOTHING
};

pub(super) static ALL: [Language; 10] = [
    words("Pascal", &["pascal", "delphi", "pas", "dpr", "objectpascal", "modula"], &PASCAL),
    words("Ada", &["ada", "adb", "ads"], &ADA),
    words("Fortran", &["fortran", "f90", "f95", "f03", "f77", "for"], &FORTRAN),
    words("COBOL", &["cobol", "cob", "cbl"], &COBOL),
    words("Verilog", &["verilog", "systemverilog", "sv", "svh", "vh"], &VERILOG),
    words("VHDL", &["vhdl", "vhd"], &VHDL),
    words("Statistics", &["sas", "stata", "stan", "spss"], &STATISTICS),
    words("G-code", &["gcode", "nc"], &GCODE),
    words("OpenSCAD", &["openscad", "scad"], &SCAD),
    words("Device tree", &["dts", "dtsi", "devicetree", "ld"], &LINKER),
];
