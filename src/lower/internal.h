/*
 * What the files of this layer share. `struct lower` is one unit under way, `struct fn` one function body under way.
 *
 * Bodies are built with values that may cross blocks (an operand computed before a `?:` in its sibling); finish.c then
 * makes them block-local as the IR demands. Code that no path reaches is built in "ghost" blocks and dropped by ir_cfg.
 */
#ifndef LOWER_INTERNAL_H
#define LOWER_INTERNAL_H

#include "lower/lower.h"

/* --- table.c: a hash table from identities (cursors, types, interned strings) to indices --- */
struct key {
	const void *p;
	uintptr_t n;
};
struct table {
	struct table_slot *slots;
	uint32_t size, used;
};
struct table_slot {
	struct key key;
	uint32_t value;
	bool full;
};
struct key key_cursor(CXCursor c);
struct key key_string(const char *interned);
uint32_t table_get(const struct table *t, struct key key); /* IR_NONE when absent */
void table_set(struct arena *a, struct table *t, struct key key, uint32_t value);

/* --- the unit --- */
struct site {
	struct ir_loc loc, spelling;
};

struct text {
	const char *text;
	size_t size;
};

struct field {
	const char *name;   /* NULL for an unnamed member */
	const char *record; /* tag of the innermost named record that holds it */
	int64_t offset;	    /* bytes, from the start of the innermost record that is not an anonymous member */
	int64_t own_offset; /* bytes, from the start of the record it is declared in */
	uint32_t first_bit; /* bit-field: of its bits, within the byte at offset */
	uint32_t type;
	CXType ctype;
	bool anonymous; /* an anonymous struct or union member */
	bool unnamed_bits;
	CXCursor cursor;
};

struct record {
	uint32_t *fields; /* indices in lower.fields, in order of declaration */
	uint32_t n;
	bool is_union;
};

enum builtin {
	BUILTIN_NONE,
	BUILTIN_EXPECT,
	BUILTIN_CONSTANT_P,
	BUILTIN_OBJECT_SIZE,
	BUILTIN_UNREACHABLE,
	BUILTIN_FOLDABLE, /* a constant when its arguments are */
};

/* What the unit knows of a function beyond its IR; parallel to lower.functions. */
struct source {
	CXCursor definition;
	bool has_definition;
	bool on_demand; /* lowered when something lowered calls it */
	bool queued;
	uint32_t depth;	   /* calls away from the unit's own files */
	uint32_t type;	   /* the function type */
	const char *alias; /* another name of that function, or NULL */
	enum builtin builtin;
};

struct place {
	uint32_t file;
	unsigned int offset;
};

struct lower {
	struct arena *a;	/* the result */
	struct arena *unit_mem; /* tables: until the unit is done */
	struct arena *fn_mem;	/* one function's building site */
	CXTranslationUnit tu;
	const struct lower_options *opt;
	struct ir_unit *u;
	const char *own_dir; /* "drivers/foo/", as files are named in the result */
	VEC(const char *) files;
	VEC(struct ir_type) types;
	VEC(struct ir_function) functions;
	VEC(struct source) sources;
	VEC(struct ir_global) globals;
	VEC(struct field) fields;
	VEC(struct record) records;
	VEC(uint32_t) queue;
	VEC(struct site) sites;
	VEC(struct text) texts;
	struct table text_ids, file_ids, own_files, site_ids, type_ids, same_types, function_ids, function_names,
		global_ids, global_names, field_ids, record_ids, header_inlines, broken;
	bool header_inlines_known;
	VEC(const char *) missing; /* functions known by name only, see named.c */
	VEC(CXCursor) inline_cursors;
	VEC(struct place) errors; /* of the compiler, see broken.c */
	VEC(const char *) left_out;
	CXFile last_file;
	uint32_t last_file_id, main_file;
	uint32_t t_void, t_bool, t_char, t_int, t_long, t_ulong, t_string, t_pointer;
};

/* --- cursor.c: children, evaluation, text --- */
struct kids {
	CXCursor *v;
	uint32_t n, room;
	bool exprs_only;
	struct arena *a;
	CXCursor few[6];
};
void kids_all(struct lower *lw, CXCursor c, struct kids *k);
void kids_exprs(struct lower *lw, CXCursor c, struct kids *k);
const char *cursor_name(struct lower *lw, CXCursor c); /* interned; NULL when it has none */
bool cursor_eval(CXCursor c, int64_t *value);
bool cursor_same_place(CXCursor a, CXCursor b);
bool cursor_contains_label(CXCursor c);
CXCursor cursor_strip(struct lower *lw, CXCursor c); /* without parentheses and implicit casts */
bool cursor_is_implicit(CXCursor c, const struct kids *exprs);
bool cursor_is_designated(CXCursor c);
CXCursor cursor_generic_choice(struct lower *lw, CXCursor c);
/* A wrapper of one chosen expression (_Generic, __builtin_choose_expr, an implicit cast): the one; else a null cursor.
 */
CXCursor cursor_chosen(struct lower *lw, CXCursor c);

/* --- loc.c --- */
struct site site_of(struct lower *lw, CXSourceLocation l); /* remembered: many instructions share a place */
struct site site_of_cursor(struct lower *lw, CXCursor c);
uint32_t file_id(struct lower *lw, CXFile file);
bool file_is_own(struct lower *lw, CXFile file, bool *is_header);
/* The macro whose use at `l` put the token there (which is then written elsewhere, see `s`), or NULL. */
const char *macro_at(struct lower *lw, CXSourceLocation l, const struct site *s);
/* Source text at a location, as written (spelling) or as seen (file); NULL when there is none. `end` is its end. */
const char *text_spelled(struct lower *lw, CXSourceLocation l, const char **end);
const char *text_seen(struct lower *lw, CXSourceLocation l, const char **end);

/* --- types.c --- */
uint32_t type_of(struct lower *lw, CXType t);
uint32_t type_of_cursor(struct lower *lw, CXCursor c);
/* A parameter declared as an array is a pointer; libclang tells what was written (DecayedType, clang's Type.h). */
uint32_t type_of_parameter(struct lower *lw, CXType t);
uint32_t type_pointer_to(struct lower *lw, uint32_t target);
uint32_t type_function(struct lower *lw, uint32_t result);
bool type_equal(const struct lower *lw, uint32_t a, uint32_t b); /* apart from const */
bool type_is_aggregate(const struct lower *lw, uint32_t t);
int64_t type_size(const struct lower *lw, uint32_t t); /* at least 0 */
int64_t type_step(const struct lower *lw, uint32_t pointer);
int64_t type_wrap(const struct lower *lw, uint32_t t, int64_t value);
void types_init(struct lower *lw);
uint32_t field_of(struct lower *lw, CXCursor field);
const struct record *record_of(struct lower *lw, CXType t);

/* --- broken.c: what the compiler could not make sense of --- */
void broken_find(struct lower *lw);
bool broken_definition(struct lower *lw, CXCursor c); /* a function with a body, or a variable with an initialiser */

/* --- unit.c --- */
uint32_t function_of(struct lower *lw, CXCursor decl);
uint32_t function_add(struct lower *lw, struct ir_function f, struct source s);
void function_want(struct lower *lw, uint32_t function, uint32_t depth);
uint32_t global_of(struct lower *lw, CXCursor decl);
uint32_t global_static_local(struct lower *lw, CXCursor decl, const char *function);
uint32_t global_anonymous(struct lower *lw, CXCursor literal);

/* --- named.c --- */
uint32_t function_named(struct lower *lw, const char *name);
/* TRUE for the table that named_reparse() added; what it refers to is noted. */
bool named_is_table(struct lower *lw, CXCursor var);
bool named_reparse(struct lower *lw, CXFile main_file);

/* --- build.c: one function's blocks and instructions --- */
struct block {
	uint32_t first, n;
	uint32_t *succ;
	uint32_t n_succ;
	struct ir_case *cases;
	uint32_t *case_succ;
	uint32_t n_cases;
	uint32_t refs; /* jumps from code that may be reached */
	uint32_t next; /* simplify.c: the block that continues this one, or IR_NONE */
	bool placed, closed, ghost, is_case, reached, joined;
};

/* A variable whose cleanup function runs when its scope is left; the innermost first. */
struct cleanup {
	struct cleanup *outer;
	uint32_t local, function;
	uint32_t depth;
};

struct jump {
	uint32_t block;
	struct cleanup *chain;
};

struct label {
	const char *name;
	uint32_t block;
	struct cleanup *chain;
	bool placed;
	bool address_taken;
};

struct pending_goto {
	uint32_t block, label;
	struct cleanup *chain;
	CXSourceLocation at;
};

struct pending_asm {
	uint32_t block;
	CXSourceLocation at;
	uint32_t after; /* labels known when it was met */
	const char **names;
	uint32_t n_names;
};

struct switch_case {
	struct ir_case range;
	uint32_t block;
};

struct switch_scope {
	struct switch_scope *outer;
	VEC(struct switch_case) cases;
	uint32_t default_block, type;
	bool dead;   /* the switch itself is not reached */
	bool folded; /* the controlling value is known: only `taken` is a target */
	int64_t value;
	bool value_listed; /* some case label holds it */
	uint32_t taken;
};

struct fn {
	struct lower *lw;
	uint32_t index;
	uint32_t depth; /* of inline functions */
	uint32_t nesting;
	CXSourceLocation at; /* of what is emitted now; resolved by finish.c for what is kept */
	VEC(struct ir_ins) ins;
	VEC(CXSourceLocation) where; /* of each instruction */
	VEC(uint32_t) home;	     /* block of each instruction */
	VEC(struct block) blocks;
	VEC(uint32_t) order; /* blocks as placed */
	VEC(struct ir_local) locals;
	VEC(CXSourceLocation) local_where;
	uint32_t cur; /* IR_NONE after a terminator */
	struct table vars, label_ids;
	VEC(struct label) labels;
	VEC(struct pending_goto) gotos;
	VEC(struct pending_asm) asms;
	VEC(uint32_t) choosers; /* blocks that end in a computed goto */
	struct cleanup *chain;
	struct jump brk, cont;
	struct switch_scope *sw;
	uint32_t n_unknown;
};
void at(struct fn *f, CXCursor c);
uint32_t local_new(struct fn *f, const char *name, uint32_t type, bool is_param);
uint32_t emit(struct fn *f, struct ir_ins ins);
uint32_t emit_const(struct fn *f, uint32_t type, int64_t value);
uint32_t emit_local(struct fn *f, uint32_t local);
uint32_t emit_global(struct fn *f, uint32_t global);
uint32_t emit_function(struct fn *f, uint32_t function);
uint32_t emit_field(struct fn *f, uint32_t base, const struct field *field, int64_t offset);
uint32_t emit_index(struct fn *f, uint32_t base, uint32_t index, int64_t step, uint32_t type);
uint32_t emit_load(struct fn *f, uint32_t address, uint32_t type);
void emit_store(struct fn *f, uint32_t address, uint32_t value);
void emit_copy(struct fn *f, uint32_t to, uint32_t from, int64_t size);
void emit_zero(struct fn *f, uint32_t address, int64_t size);
void emit_begin(struct fn *f, uint32_t local);
uint32_t emit_unary(struct fn *f, enum ir_op op, uint32_t type, uint32_t a);
uint32_t emit_binary(struct fn *f, enum ir_op op, uint32_t type, uint32_t a, uint32_t b);
uint32_t emit_cast(struct fn *f, uint32_t value, uint32_t type);
uint32_t emit_list(struct fn *f, enum ir_op op, uint32_t type, const uint32_t *args, uint32_t n, const char *str);
uint32_t emit_unknown(struct fn *f, uint32_t type, const char *what);
bool value_const(const struct fn *f, uint32_t v, int64_t *value);
bool value_is_free(const struct fn *f, uint32_t v);
uint32_t value_type(const struct fn *f, uint32_t v);
uint32_t block_new(struct fn *f);
void block_start(struct fn *f, uint32_t b);	 /* jumps there from the current block if that is open */
void block_start_live(struct fn *f, uint32_t b); /* something unseen may jump there */
bool block_dead(const struct fn *f);
void block_succ(struct fn *f, uint32_t from, uint32_t to);
void end_jump(struct fn *f, uint32_t to);
void end_branch(struct fn *f, uint32_t value, uint32_t yes, uint32_t no);
uint32_t end_choose(struct fn *f); /* the ended block; successors are added by the caller */
void end_return(struct fn *f, uint32_t value);
void end_unreachable(struct fn *f);

/* --- expr.c, operator.c, call.c --- */
uint32_t expr_value(struct fn *f, CXCursor c);
/*
 * Lowers a statement expression up to its last statement. TRUE: that is an expression, for the caller to lower as the
 * value; labels in front of it are placed (___wait_event() in <linux/wait.h> ends in `__out: __ret;`).
 */
bool stmt_expr_begin(struct fn *f, CXCursor c, CXCursor *last);
uint32_t expr_address(struct fn *f, CXCursor c);
void expr_effect(struct fn *f, CXCursor c);
void expr_into(struct fn *f, CXCursor c, uint32_t dest); /* an aggregate */
void expr_cond(struct fn *f, CXCursor c, uint32_t yes, uint32_t no);
uint32_t expr_temporary(struct fn *f, CXCursor c); /* address of a new local that holds this aggregate */
uint32_t expr_call(struct fn *f, CXCursor c);
CXCursor expr_call_expect(struct fn *f, CXCursor c); /* the condition of a __builtin_expect, or a null cursor */
uint32_t operator_unary(struct fn *f, CXCursor c);
uint32_t operator_binary(struct fn *f, CXCursor c);
uint32_t operator_compound_assign(struct fn *f, CXCursor c);
uint32_t operator_conditional(struct fn *f, CXCursor c);
uint32_t operator_elvis(struct fn *f, CXCursor c, const struct kids *k);
bool operator_fold(const struct lower *lw, enum ir_op op, uint32_t type, int64_t a, int64_t b, int64_t *out);

const char *expr_string(struct lower *lw, CXCursor literal);

/* --- init.c: initialiser lists, of locals and of globals --- */
void init_local(struct fn *f, uint32_t local, CXType type, CXCursor init);
void init_global(struct lower *lw, uint32_t global, CXType type, CXCursor init);

/* --- stmt.c, loop.c, asm.c, cleanup.c --- */
void stmt(struct fn *f, CXCursor c);
/* Places the labels in front of a statement and returns that: what they stand before may be a value. */
CXCursor stmt_behind_labels(struct fn *f, CXCursor c);
void stmt_reachable(struct fn *f, CXCursor c); /* also when the current block is not */
void stmt_loop(struct fn *f, CXCursor c);
void stmt_switch(struct fn *f, CXCursor c);
void stmt_case(struct fn *f, CXCursor c);
void stmt_asm(struct fn *f, CXCursor c);
void stmt_decl(struct fn *f, CXCursor c);
uint32_t stmt_label_of(struct fn *f, CXCursor label_ref);
void asm_resolve(struct fn *f);
/* The argument of an attribute of `decl`, as in "__attribute__((cleanup(": an identifier or a string; or NULL. */
const char *cleanup_attribute(struct lower *lw, CXCursor decl, const char *attribute);
void cleanup_declare(struct fn *f, CXCursor var, uint32_t local);
void cleanup_run(struct fn *f, struct cleanup *from, struct cleanup *to);
void scope_leave(struct fn *f, struct cleanup *outer);
struct cleanup *cleanup_common(struct cleanup *a, struct cleanup *b);

/* --- body.c, simplify.c, finish.c --- */
void body_lower(struct lower *lw, uint32_t function);
void body_simplify(struct fn *f);
void body_finish(struct fn *f);

#endif
