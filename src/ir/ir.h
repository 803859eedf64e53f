/*
 * The intermediate representation: what is left of a translation unit once clang's tree is gone.
 *
 * A unit holds functions, globals and types in flat arrays; everything refers by index, so that a unit can be written
 * to disk and read back. A function is a control-flow graph of blocks. Its locals (parameters included) live in memory
 * and are reached through their address (LOCAL), as are globals, members (FIELD, by byte offset) and elements (INDEX);
 * LOAD and STORE go through such addresses. So there is one kind of place, an address, and one way to use it.
 *
 * An instruction that defines a value is named by its index in function.ins. A value is used only inside the block
 * that defines it; what lives longer goes through a local. That keeps states small: at a block's border there are no
 * temporaries. `&&`, `||`, `?:` and statement expressions are lowered through locals made for them.
 *
 * All strings are interned in the unit's string table; all memory belongs to the unit's arena.
 */
#ifndef IR_IR_H
#define IR_IR_H

#include "base/arena.h"
#include "base/intern.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define IR_NONE UINT32_MAX
/* FIELD of a bit-field: the number of its first bit within the byte, above the byte offset, so that neighbours differ.
 */
#define IR_BIT_SHIFT 48

enum ir_op {
#define IR_OP(name, text, operands, defines) IR_##name,
#include "ir/opcodes.def"
	IR_OP_COUNT
};

struct ir_op_info {
	const char *text;
	int operands;
	bool defines;
	bool terminator;
};
extern const struct ir_op_info ir_ops[IR_OP_COUNT];

enum ir_type_kind {
	IR_T_VOID,
	IR_T_INT, /* bool, char, enum as well */
	IR_T_FLOAT,
	IR_T_PTR,
	IR_T_ARRAY,
	IR_T_RECORD,
	IR_T_FUNC,
	IR_T_OTHER,
};

struct ir_type {
	enum ir_type_kind kind;
	bool is_signed;
	bool is_const; /* this type itself is const-qualified */
	bool is_union;
	bool is_bool;
	int64_t size;	  /* bytes, -1 when unknown or incomplete */
	int64_t count;	  /* array: elements, -1 when unknown */
	uint32_t target;  /* pointer, array: what it points to or holds; function: what it returns; else IR_NONE */
	const char *name; /* record: tag ("struct platform_driver"); others: NULL or the spelling */
};

/* Where something stands. file indexes unit.files; line and column count from 1; line 0: nowhere. */
struct ir_loc {
	uint32_t file, line, column;
};

struct ir_case {
	int64_t lo, hi; /* inclusive; equal for a plain case label */
};

struct ir_ins {
	enum ir_op op;
	uint32_t type;		/* index in unit.types; IR_NONE when nothing is defined */
	struct ir_loc loc;	/* expansion: where the reader sees it, outside any macro */
	struct ir_loc spelling; /* where it is written, inside the macro's definition if it comes from one */
	uint32_t a[2];		/* operand values */
	uint32_t sym;		/* function, global or local index */
	int64_t imm;
	const char *str;
	uint32_t *args; /* CALL, ASM, UNKNOWN, RETURN */
	uint32_t n_args;
	const char *macro; /* CALL, RETURN, BRANCH: outermost macro that it comes from, or NULL */
};

struct ir_block {
	uint32_t first, n; /* instructions function.ins[first .. first+n-1], the last one a terminator */
	uint32_t *succ;
	uint32_t n_succ;
	struct ir_case *
		cases; /* SWITCH: n_cases of them; cases[i] goes to succ[case_succ[i]]; the default is succ[n_succ-1] */
	uint32_t *case_succ;
	uint32_t n_cases;
	uint32_t *pred; /* filled by ir_cfg() */
	uint32_t n_pred;
};

struct ir_local {
	const char *name; /* NULL for one made by lowering */
	uint32_t type;
	struct ir_loc loc;
	bool is_param;
};

struct ir_function {
	const char *name;
	const char *key;   /* link name: `name` when external, "file.c:name" when static in a main file */
	uint32_t type;	   /* return type */
	struct ir_loc loc; /* of the name in the definition, else in the declaration */
	struct ir_loc end; /* of the closing brace */
	bool is_static, is_inline, is_variadic, is_noreturn;
	bool has_body;
	bool in_main_file;
	bool address_taken; /* used other than as a direct callee, ops tables included */
	uint32_t n_params;  /* locals[0 .. n_params-1] when it has a body */
	uint32_t *param_types;
	struct ir_local *locals;
	uint32_t n_locals;
	struct ir_ins *ins;
	uint32_t n_ins;
	struct ir_block *blocks; /* blocks[0] is the entry; in reverse postorder after ir_cfg() */
	uint32_t n_blocks;
	uint32_t n_unknown;
};

/* One scalar of a static initialiser, flattened: `.probe = foo` in a struct is {offset of probe, "probe", FUNC foo}. */
enum ir_init_kind { IR_INIT_INT, IR_INIT_FUNC, IR_INIT_GLOBAL, IR_INIT_STR };
struct ir_init {
	int64_t offset;	    /* bytes from the start of the global */
	const char *record; /* tag of the innermost record that holds the member ("struct file_operations"), or NULL */
	const char *member; /* its member's name, or NULL for an element of an array of scalars */
	enum ir_init_kind kind;
	int64_t value;	 /* INT */
	uint32_t sym;	 /* FUNC, GLOBAL: index */
	const char *str; /* STR */
};

struct ir_global {
	const char *name;
	const char *key; /* as for functions */
	uint32_t type;
	struct ir_loc loc;
	bool is_static, is_extern, is_const;
	bool whole; /* it has an initialiser, and what `inits` does not mention is 0 */
	struct ir_init *inits;
	uint32_t n_inits;
};

struct ir_unit {
	struct arena *arena;
	struct intern *strings;
	const char *path; /* main file, as findings name it */
	const char **files;
	uint32_t n_files;
	struct ir_type *types;
	uint32_t n_types;
	struct ir_global *globals;
	uint32_t n_globals;
	struct ir_function *functions;
	uint32_t n_functions;
	uint32_t n_unknown; /* sum over functions */
	/* Own functions and globals that could not be lowered, for lack of a header: who asks what nobody in the unit
	 * does gets no answer. */
	const char **left_out;
	uint32_t n_left_out;
};

/* cfg.c: drops unreachable blocks, orders the rest in reverse postorder, fills pred. Requires well-formed succ. */
void ir_cfg(struct ir_unit *u, struct ir_function *f);
/* The block that the instruction stands in; IR_NONE: none any more. */
uint32_t ir_block_of(const struct ir_function *f, uint32_t ins);
/* Is there a way from the end of one block to the other? `seen` has one flag for each block, none set. */
bool ir_leads_to(const struct ir_function *f, uint32_t from, uint32_t to, bool *seen);
/* Does a call in it name that function? */
bool ir_calls(const struct ir_function *f, uint32_t callee);
/* Does anything look at the value? */
bool ir_is_used(const struct ir_function *f, uint32_t value);
/* Does the variable's initialiser name that function? */
bool ir_holds_function(const struct ir_global *g, uint32_t function);
/* Another name of a function (module_init() makes one): lowered as a call of it, but nobody who looks after it. */
bool ir_is_alias(const struct ir_function *f);
/* verify.c: NULL when the unit is well-formed, else a message (in the unit's arena) naming function, block and
 * instruction. */
const char *ir_verify(struct ir_unit *u);
/* dump.c: stable text, no addresses. `f` NULL: the whole unit. with_cfg adds predecessors. */
void ir_dump(FILE *out, const struct ir_unit *u, const struct ir_function *f, bool with_cfg);
void ir_dump_ins(FILE *out, const struct ir_unit *u, const struct ir_function *f, uint32_t index);
/* "int", "struct foo *", ... in the unit's arena. */
const char *ir_type_text(struct ir_unit *u, uint32_t type);
/* serialise.c: a self-contained blob (malloc'd, caller frees) and back (in `a`); NULL when the blob is not one of this
 * version. */
void *ir_write(const struct ir_unit *u, size_t *size);
struct ir_unit *ir_read(struct arena *a, const void *blob, size_t size);

#endif
