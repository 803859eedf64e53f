/*
 * Symbolic values and the objects they point to, hash-consed in one pool per unit: equal values are equal numbers.
 *
 * A value is a constant, an address (object + byte offset), a parameter's value at entry, the contents that a place had
 * at entry (INIT), something not known that came into being at an instruction (FRESH), or an operation on values.
 * An object is a local, global, function, string, what a value points to, or an element at an unknown index.
 * The address of offset 0 of what value p points to is p itself.
 *
 * FRESH values are named by where they arise (function, instruction, loop epoch), never by a counter, so that two paths
 * through the same call agree on the name of its result and can be merged.
 */
#ifndef ENGINE_SYM_H
#define ENGINE_SYM_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum sym_kind { SYM_CONST, SYM_ADDR, SYM_PARAM, SYM_INIT, SYM_FRESH, SYM_OP };

/* Operations beside the IR's own: the error-pointer tests of <linux/err.h>. */
enum { SYM_OP_IS_ERR = 128, SYM_OP_IS_ERR_OR_NULL };

struct range {
	int64_t lo, hi;
	bool not_zero;
};

/*
 * Sub-numbers of FRESH values. 0 is what a call returns, then come those that its rule or summary makes; from here on
 * they are what it has written into memory, and may be any pointer.
 */
enum {
	SUB_FILLED = 1000,
	SUB_UNLINKED = 2000,
	SUB_AWAITED = 3000,
	SUB_MESSAGE = 4000,
	SUB_OVERWRITTEN = 5000,
	SUB_KEPT = 6000
};

struct sym {
	enum sym_kind kind;
	int op;		   /* OP: enum ir_op or SYM_OP_* */
	uint32_t a, b;	   /* OP: operands; ADDR, INIT: a object; FRESH: a function, b instruction; PARAM: a index, b
			      function; INIT: b epoch */
	int64_t k;	   /* CONST: value; ADDR, INIT: byte offset; FRESH: epoch and sub-number */
	struct range type; /* what its type allows */
	uint32_t weight;   /* how many values it is made of, those used twice counted twice */
};

enum obj_kind { OBJ_LOCAL, OBJ_GLOBAL, OBJ_FUNC, OBJ_STR, OBJ_PTR, OBJ_ELEM };

struct obj {
	enum obj_kind kind;
	uint32_t a; /* LOCAL, GLOBAL, FUNC: index; PTR: the value; ELEM: address of element 0 */
	uint32_t b; /* LOCAL: function; ELEM: index value */
	int64_t k;  /* ELEM: element size */
	const char *str;
};

/* What a place is called, for messages: member `name` of the object at address `parent`, or a variable. */
struct place_name {
	uint32_t parent; /* address value, 0: none */
	const char *name;
};

struct pool;

/* Value 0 is never handed out: it means "none". */
struct pool *pool_new(struct arena *a);
const struct sym *sym_at(const struct pool *p, uint32_t sym);
const struct obj *obj_at(const struct pool *p, uint32_t obj);

/* Ranges: pointers are [-4095, max] (error codes, NULL, valid), everything else as its width and sign allow. */
extern const struct range range_any, range_pointer;
struct range range_of_int(int64_t size, bool is_signed);

uint32_t sym_const(struct pool *p, int64_t k);
uint32_t sym_param(struct pool *p, uint32_t function, uint32_t index, struct range r);
uint32_t sym_init(struct pool *p, uint32_t obj, int64_t offset, uint32_t epoch, struct range r);
uint32_t sym_fresh(struct pool *p, uint32_t function, uint32_t ins, uint32_t epoch, uint32_t sub, struct range r);
uint32_t sym_op(struct pool *p, int op, uint32_t a, uint32_t b);
/* Address of byte `offset` of an object. */
uint32_t sym_addr(struct pool *p, uint32_t obj, int64_t offset);
/* Pointer plus bytes; pointer plus index times scale. */
uint32_t sym_addr_add(struct pool *p, uint32_t addr, int64_t bytes);
uint32_t sym_addr_index(struct pool *p, uint32_t addr, uint32_t index, int64_t scale);
/* Splits an address into object and offset; any value is the address of offset 0 of what it points to. */
uint32_t sym_split(struct pool *p, uint32_t addr, int64_t *offset);
/* An element at an unknown index is a part of the object that its array lies in: that; any other object itself. */
uint32_t obj_whole(struct pool *p, uint32_t obj);
bool sym_is_const(const struct pool *p, uint32_t sym, int64_t *k);
/* Is it a function's address? Then *function is its index in the unit, and untouched otherwise. */
bool sym_is_function(const struct pool *p, uint32_t sym, uint32_t *function);
/* The value that the address is an offset from: p for p, p + 8, &p->x; itself otherwise. */
uint32_t sym_base(struct pool *p, uint32_t sym);

uint32_t obj_local(struct pool *p, uint32_t function, uint32_t local);
uint32_t obj_global(struct pool *p, uint32_t global);
uint32_t obj_func(struct pool *p, uint32_t function);
uint32_t obj_str(struct pool *p, const char *s);
uint32_t obj_ptr(struct pool *p, uint32_t sym);

/* The first name given stays. Names of values: where they were first stored. */
void pool_name_place(struct pool *p, uint32_t addr, uint32_t parent, const char *name);
void pool_name_value(struct pool *p, uint32_t sym, uint32_t place);
/* Name of the member or variable at an address, NULL when none was seen. */
const char *pool_place_name(const struct pool *p, uint32_t addr);
/* Address of the object that it is a member of; 0: not known. */
uint32_t pool_place_parent(const struct pool *p, uint32_t addr);
/* "priv->buf", "ts", "&pdev->dev"; NULL when nothing better than a temporary is known. Text in `a`. */
const char *pool_text(struct pool *p, struct arena *a, uint32_t sym);

#endif
