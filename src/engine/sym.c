#include "engine/sym.h"

#include "ir/ir.h"

#include <string.h>
#include <xxhash.h>

/* Values made of more than this many are not followed into their parts. */
enum { MAX_WEIGHT = 200, MAX_ELEMENTS = 24 };

struct table {
	uint32_t *slots;
	uint32_t size, used;
};

struct pool {
	struct arena *arena;
	VEC(struct sym) syms;
	VEC(struct obj) objs;
	VEC(struct place_name) names; /* parallel to syms: of the place at that address */
	VEC(uint32_t) value_names;    /* parallel to syms: address of the place that first held this value */
	struct table sym_table, obj_table;
};

const struct range range_any = {INT64_MIN, INT64_MAX, false};
const struct range range_pointer = {-4095, INT64_MAX, false};

struct range range_of_int(int64_t size, bool is_signed)
{
	if (size <= 0 || size >= 8)
		return is_signed || size <= 0 ? range_any : (struct range){INT64_MIN, INT64_MAX, false};
	if (is_signed)
		return (struct range){-((int64_t)1 << (size * 8 - 1)), ((int64_t)1 << (size * 8 - 1)) - 1, false};
	return (struct range){0, ((int64_t)1 << (size * 8)) - 1, false};
}

static void table_init(struct arena *a, struct table *t)
{
	t->size = 1024;
	t->used = 0;
	t->slots = ARENA_ARRAY(a, uint32_t, t->size);
}

struct pool *pool_new(struct arena *a)
{
	struct pool *p = ARENA_NEW(a, struct pool);

	p->arena = a;
	table_init(a, &p->sym_table);
	table_init(a, &p->obj_table);
	vec_push(a, &p->syms, (struct sym){0});
	vec_push(a, &p->objs, (struct obj){0});
	vec_push(a, &p->names, (struct place_name){0});
	vec_push(a, &p->value_names, 0);
	return p;
}

const struct sym *sym_at(const struct pool *p, uint32_t sym)
{
	return &p->syms.v[sym];
}

const struct obj *obj_at(const struct pool *p, uint32_t obj)
{
	return &p->objs.v[obj];
}

static uint64_t sym_hash(const struct sym *s)
{
	uint64_t key[4] = {(uint64_t)s->kind << 32 | (uint32_t)s->op, (uint64_t)s->a << 32 | s->b, (uint64_t)s->k, 0};

	return XXH3_64bits(key, sizeof(key));
}

static bool sym_same(const struct sym *x, const struct sym *y)
{
	return x->kind == y->kind && x->op == y->op && x->a == y->a && x->b == y->b && x->k == y->k;
}

static uint64_t obj_hash(const struct obj *o)
{
	uint64_t key[4] = {(uint64_t)o->kind, (uint64_t)o->a << 32 | o->b, (uint64_t)o->k, (uint64_t)(uintptr_t)o->str};

	return XXH3_64bits(key, sizeof(key));
}

static bool obj_same(const struct obj *x, const struct obj *y)
{
	return x->kind == y->kind && x->a == y->a && x->b == y->b && x->k == y->k && x->str == y->str;
}

#define GROW_TABLE(p, t, hash_of)                                          \
	do {                                                               \
		uint32_t *old = (t)->slots, n = (t)->size;                 \
		(t)->size *= 2;                                            \
		(t)->slots = ARENA_ARRAY((p)->arena, uint32_t, (t)->size); \
		for (uint32_t i = 0; i < n; i++) {                         \
			uint64_t at;                                       \
			if (!old[i])                                       \
				continue;                                  \
			at = (hash_of) & ((t)->size - 1);                  \
			while ((t)->slots[at])                             \
				at = (at + 1) & ((t)->size - 1);           \
			(t)->slots[at] = old[i];                           \
		}                                                          \
	} while (0)

static uint32_t weight_of(const struct pool *p, const struct sym *s)
{
	const struct obj *o;

	if (s->kind == SYM_OP)
		return 1 + p->syms.v[s->a].weight + (s->b ? p->syms.v[s->b].weight : 0);
	if (s->kind != SYM_ADDR && s->kind != SYM_INIT)
		return 1;
	o = &p->objs.v[s->a];
	if (o->kind == OBJ_ELEM)
		return 1 + p->syms.v[o->a].weight + p->syms.v[o->b].weight;
	return o->kind == OBJ_PTR ? 1 + p->syms.v[o->a].weight : 1;
}

static uint32_t sym_intern(struct pool *p, struct sym s)
{
	struct table *t = &p->sym_table;
	uint64_t h = sym_hash(&s) & (t->size - 1);

	for (; t->slots[h]; h = (h + 1) & (t->size - 1))
		if (sym_same(&p->syms.v[t->slots[h]], &s))
			return t->slots[h];
	s.weight = weight_of(p, &s);
	vec_push(p->arena, &p->syms, s);
	vec_push(p->arena, &p->names, (struct place_name){0});
	vec_push(p->arena, &p->value_names, 0);
	t->slots[h] = p->syms.n - 1;
	if (++t->used * 2 > t->size)
		GROW_TABLE(p, t, sym_hash(&p->syms.v[old[i]]));
	return p->syms.n - 1;
}

static uint32_t obj_intern(struct pool *p, struct obj o)
{
	struct table *t = &p->obj_table;
	uint64_t h = obj_hash(&o) & (t->size - 1);

	for (; t->slots[h]; h = (h + 1) & (t->size - 1))
		if (obj_same(&p->objs.v[t->slots[h]], &o))
			return t->slots[h];
	vec_push(p->arena, &p->objs, o);
	t->slots[h] = p->objs.n - 1;
	if (++t->used * 2 > t->size)
		GROW_TABLE(p, t, obj_hash(&p->objs.v[old[i]]));
	return p->objs.n - 1;
}

uint32_t sym_const(struct pool *p, int64_t k)
{
	return sym_intern(p, (struct sym){.kind = SYM_CONST, .k = k, .type = {k, k, k != 0}});
}

uint32_t sym_param(struct pool *p, uint32_t function, uint32_t index, struct range r)
{
	return sym_intern(p, (struct sym){.kind = SYM_PARAM, .a = index, .b = function, .type = r});
}

uint32_t sym_init(struct pool *p, uint32_t obj, int64_t offset, uint32_t epoch, struct range r)
{
	return sym_intern(p, (struct sym){.kind = SYM_INIT, .a = obj, .b = epoch, .k = offset, .type = r});
}

uint32_t sym_fresh(struct pool *p, uint32_t function, uint32_t ins, uint32_t epoch, uint32_t sub, struct range r)
{
	int64_t k = (int64_t)((uint64_t)epoch << 32 | sub);

	return sym_intern(p, (struct sym){.kind = SYM_FRESH, .a = function, .b = ins, .k = k, .type = r});
}

uint32_t sym_addr(struct pool *p, uint32_t obj, int64_t offset)
{
	const struct obj *o = obj_at(p, obj);

	if (o->kind == OBJ_PTR && offset == 0)
		return o->a;
	return sym_intern(p, (struct sym){.kind = SYM_ADDR, .a = obj, .k = offset, .type = {4096, INT64_MAX, true}});
}

uint32_t sym_split(struct pool *p, uint32_t addr, int64_t *offset)
{
	const struct sym *s = sym_at(p, addr);

	if (s->kind == SYM_ADDR) {
		*offset = s->k;
		return s->a;
	}
	*offset = 0;
	return obj_ptr(p, addr);
}

uint32_t obj_whole(struct pool *p, uint32_t obj)
{
	int64_t offset;

	for (int depth = 0; obj_at(p, obj)->kind == OBJ_ELEM && depth < MAX_ELEMENTS; depth++)
		obj = sym_split(p, obj_at(p, obj)->a, &offset);
	return obj;
}

uint32_t sym_addr_add(struct pool *p, uint32_t addr, int64_t bytes)
{
	int64_t k, offset;
	uint32_t obj;

	if (!bytes)
		return addr;
	if (sym_is_const(p, addr, &k))
		return sym_const(p, (int64_t)((uint64_t)k + (uint64_t)bytes));
	obj = sym_split(p, addr, &offset);
	return sym_addr(p, obj, offset + bytes);
}

uint32_t sym_addr_index(struct pool *p, uint32_t addr, uint32_t index, int64_t scale)
{
	int64_t k;

	if (sym_is_const(p, index, &k))
		return sym_addr_add(p, addr, (int64_t)((uint64_t)k * (uint64_t)scale));
	return sym_addr(p, obj_intern(p, (struct obj){.kind = OBJ_ELEM, .a = addr, .b = index, .k = scale}), 0);
}

bool sym_is_const(const struct pool *p, uint32_t sym, int64_t *k)
{
	const struct sym *s = sym_at(p, sym);

	*k = s->k;
	return s->kind == SYM_CONST;
}

bool sym_is_function(const struct pool *p, uint32_t sym, uint32_t *function)
{
	const struct sym *s = sym_at(p, sym);
	const struct obj *o = s->kind == SYM_ADDR ? obj_at(p, s->a) : NULL;

	if (!o || o->kind != OBJ_FUNC)
		return false;
	*function = o->a;
	return true;
}

uint32_t sym_base(struct pool *p, uint32_t sym)
{
	const struct sym *s = sym_at(p, sym);

	if (s->kind == SYM_ADDR && obj_at(p, s->a)->kind == OBJ_PTR)
		return obj_at(p, s->a)->a;
	return sym;
}

static bool is_compare(int op)
{
	return (op >= IR_EQ && op <= IR_GE) || op == IR_LNOT || op >= SYM_OP_IS_ERR;
}

static int negated(int op)
{
	switch (op) {
	case IR_EQ:
		return IR_NE;
	case IR_NE:
		return IR_EQ;
	case IR_LT:
		return IR_GE;
	case IR_LE:
		return IR_GT;
	case IR_GT:
		return IR_LE;
	case IR_GE:
		return IR_LT;
	default:
		return 0;
	}
}

static bool fold(int op, int64_t x, int64_t y, int64_t *out)
{
	uint64_t ux = (uint64_t)x, uy = (uint64_t)y;

	switch (op) {
	case IR_ADD:
		*out = (int64_t)(ux + uy);
		return true;
	case IR_SUB:
		*out = (int64_t)(ux - uy);
		return true;
	case IR_MUL:
		*out = (int64_t)(ux * uy);
		return true;
	case IR_DIV:
	case IR_REM:
		if (y == 0 || (x == INT64_MIN && y == -1))
			return false;
		*out = op == IR_DIV ? x / y : x % y;
		return true;
	case IR_AND:
		*out = x & y;
		return true;
	case IR_OR:
		*out = x | y;
		return true;
	case IR_XOR:
		*out = x ^ y;
		return true;
	case IR_SHL:
	case IR_SHR:
		if (y < 0 || y > 63)
			return false;
		*out = op == IR_SHL ? (int64_t)(ux << uy) : x >> y;
		return true;
	case IR_EQ:
		*out = x == y;
		return true;
	case IR_NE:
		*out = x != y;
		return true;
	case IR_LT:
		*out = x < y;
		return true;
	case IR_LE:
		*out = x <= y;
		return true;
	case IR_GT:
		*out = x > y;
		return true;
	case IR_GE:
		*out = x >= y;
		return true;
	case IR_NEG:
		*out = (int64_t)(0 - ux);
		return true;
	case IR_NOT:
		*out = ~x;
		return true;
	case IR_LNOT:
		*out = !x;
		return true;
	case SYM_OP_IS_ERR:
		*out = x >= -4095 && x < 0;
		return true;
	case SYM_OP_IS_ERR_OR_NULL:
		*out = x >= -4095 && x <= 0;
		return true;
	default:
		return false;
	}
}

/* Rewrites towards one spelling of each value; returns 0 when there is nothing to rewrite. */
/* Bits of a value in which others have been set or cleared: a flag that was set just now is set. 0: no such case. */
static uint32_t simplify_bits(struct pool *p, struct sym x, int64_t mask)
{
	int64_t k;

	if (x.kind != SYM_OP || !x.b || !sym_is_const(p, x.b, &k))
		return 0;
	if (x.op == IR_OR && (k & mask) == mask)
		return sym_const(p, mask);
	if (x.op == IR_OR && (k & mask) == 0)
		return sym_op(p, IR_AND, x.a, sym_const(p, mask));
	if (x.op == IR_AND)
		return sym_op(p, IR_AND, x.a, sym_const(p, mask & k));
	return 0;
}

static uint32_t simplify(struct pool *p, int op, uint32_t a, uint32_t b)
{
	struct sym x = *sym_at(p, a);
	int64_t kb = 0;
	bool b_const = b && sym_is_const(p, b, &kb);

	if (op == IR_AND && b_const)
		return kb == 0 ? sym_const(p, 0) : kb == -1 ? a : simplify_bits(p, x, kb);
	if (op == IR_LNOT && x.kind == SYM_OP && negated(x.op))
		return sym_op(p, negated(x.op), x.a, x.b);
	if (op == IR_LNOT)
		return x.kind == SYM_OP && is_compare(x.op) ? 0 : sym_op(p, IR_EQ, a, sym_const(p, 0));
	if (op == IR_SUB && b_const)
		return sym_op(p, IR_ADD, a, sym_const(p, -kb));
	if (op == IR_ADD && b_const && kb == 0)
		return a;
	if (op == IR_ADD && b_const && x.kind == SYM_OP && x.op == IR_ADD && sym_at(p, x.b)->kind == SYM_CONST)
		return sym_op(p, IR_ADD, x.a, sym_const(p, sym_at(p, x.b)->k + kb));
	if ((op == IR_NE || op == IR_EQ) && b_const && kb == 0 && x.kind == SYM_OP && is_compare(x.op))
		return op == IR_NE ? a : sym_op(p, IR_LNOT, a, 0);
	if (a == b && op >= IR_EQ && op <= IR_GE)
		return sym_const(p, op == IR_EQ || op == IR_LE || op == IR_GE);
	if ((op == IR_SUB || op == IR_XOR) && a == b)
		return sym_const(p, 0);
	return 0;
}

/* The result of a cipher's hundredth round: still equal when computed again, but nobody looks into it any more. */
static uint32_t sym_opaque(struct pool *p, int op, uint32_t a, uint32_t b, struct range r)
{
	return sym_intern(p, (struct sym){.kind = SYM_FRESH,
					  .op = op,
					  .a = UINT32_MAX,
					  .b = a,
					  .k = (int64_t)((uint64_t)b << 32 | UINT32_MAX),
					  .type = r});
}

uint32_t sym_op(struct pool *p, int op, uint32_t a, uint32_t b)
{
	int64_t x, y = 0, k;
	bool a_const = sym_is_const(p, a, &x), b_const = b ? sym_is_const(p, b, &y) : true;
	struct range r = is_compare(op) ? (struct range){0, 1, false} : range_any;
	bool commutes = op == IR_ADD || op == IR_MUL || op == IR_AND || op == IR_OR || op == IR_XOR || op == IR_EQ ||
			op == IR_NE;
	uint32_t s;

	if (a_const && b_const && fold(op, x, y, &k))
		return sym_const(p, k);
	/* Equal is equal in either order. */
	if ((commutes && a_const && !b_const) || ((op == IR_EQ || op == IR_NE) && !b_const && b < a)) {
		uint32_t t = a;

		a = b;
		b = t;
	}
	s = simplify(p, op, a, b);
	if (s)
		return s;
	if (op == IR_AND && b_const && y >= 0)
		r = (struct range){0, y, false};
	if (p->syms.v[a].weight + (b ? p->syms.v[b].weight : 0) > MAX_WEIGHT)
		return sym_opaque(p, op, a, b, r);
	return sym_intern(p, (struct sym){.kind = SYM_OP, .op = op, .a = a, .b = b, .type = r});
}

uint32_t obj_local(struct pool *p, uint32_t function, uint32_t local)
{
	return obj_intern(p, (struct obj){.kind = OBJ_LOCAL, .a = local, .b = function});
}

uint32_t obj_global(struct pool *p, uint32_t global)
{
	return obj_intern(p, (struct obj){.kind = OBJ_GLOBAL, .a = global});
}

uint32_t obj_func(struct pool *p, uint32_t function)
{
	return obj_intern(p, (struct obj){.kind = OBJ_FUNC, .a = function});
}

uint32_t obj_str(struct pool *p, const char *s)
{
	return obj_intern(p, (struct obj){.kind = OBJ_STR, .str = s});
}

uint32_t obj_ptr(struct pool *p, uint32_t sym)
{
	return obj_intern(p, (struct obj){.kind = OBJ_PTR, .a = sym});
}

void pool_name_place(struct pool *p, uint32_t addr, uint32_t parent, const char *name)
{
	struct place_name *n = &p->names.v[addr];

	/* A member at offset 0 has its record's own address; only behind a pointer is that address not a place itself.
	 */
	if (!n->name && name && (addr != parent || p->syms.v[addr].kind != SYM_ADDR))
		*n = (struct place_name){parent, name};
}

const char *pool_place_name(const struct pool *p, uint32_t addr)
{
	return p->names.v[addr].name;
}

uint32_t pool_place_parent(const struct pool *p, uint32_t addr)
{
	return p->names.v[addr].parent;
}

void pool_name_value(struct pool *p, uint32_t sym, uint32_t place)
{
	if (!p->value_names.v[sym])
		p->value_names.v[sym] = place;
}

static const char *text(struct pool *p, struct arena *a, uint32_t sym, int depth);

/* The place at an address: "ts" for &ts, "ts->data" for ts + 8. */
static const char *place_text(struct pool *p, struct arena *a, uint32_t addr, int depth)
{
	struct place_name n = p->names.v[addr];
	const char *base;
	bool arrow;

	if (depth > 8)
		return NULL;
	if (n.name && !n.parent)
		return n.name;
	if (n.name) {
		int64_t offset;
		uint32_t o = sym_split(p, n.parent, &offset);

		arrow = (obj_at(p, o)->kind == OBJ_PTR && offset == 0) || n.parent == addr;
		base = arrow ? text(p, a, n.parent, depth + 1) : place_text(p, a, n.parent, depth + 1);
		return base ? arena_printf(a, "%s%s%s", base, arrow ? "->" : ".", n.name) : n.name;
	}
	if (sym_at(p, addr)->kind == SYM_ADDR && obj_at(p, sym_at(p, addr)->a)->kind == OBJ_ELEM) {
		base = place_text(p, a, obj_at(p, sym_at(p, addr)->a)->a, depth + 1);
		return base ? arena_printf(a, "%s[]", base) : NULL;
	}
	base = sym_at(p, addr)->kind != SYM_ADDR ? text(p, a, addr, depth + 1) : NULL;
	return base ? arena_printf(a, "*%s", base) : NULL;
}

static const char *text(struct pool *p, struct arena *a, uint32_t sym, int depth)
{
	const struct sym *s = sym_at(p, sym);
	const char *t;

	if (depth > 8)
		return NULL;
	switch (s->kind) {
	case SYM_CONST:
		return s->k ? arena_printf(a, "%lld", (long long)s->k) : "NULL";
	case SYM_ADDR:
		t = place_text(p, a, sym, depth + 1);
		return t ? arena_printf(a, "&%s", t) : NULL;
	case SYM_INIT:
		return place_text(p, a, sym_addr(p, s->a, s->k), depth + 1);
	default:
		return p->value_names.v[sym] ? place_text(p, a, p->value_names.v[sym], depth + 1) : NULL;
	}
}

const char *pool_text(struct pool *p, struct arena *a, uint32_t sym)
{
	return text(p, a, sym, 0);
}
