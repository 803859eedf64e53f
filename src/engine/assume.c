/* Constraints: what is known of a value on a path, and what taking a branch adds to it. */
#include "engine/fn.h"
#include "ir/ir.h"

bool range_intersect(struct range *r, struct range with)
{
	if (with.lo > r->lo)
		r->lo = with.lo;
	if (with.hi < r->hi)
		r->hi = with.hi;
	r->not_zero |= with.not_zero;
	if (r->not_zero && r->lo == 0)
		r->lo = 1;
	if (r->not_zero && r->hi == 0)
		r->hi = -1;
	return r->lo <= r->hi;
}

struct range range_join(struct range x, struct range y)
{
	struct range r = {x.lo < y.lo ? x.lo : y.lo, x.hi > y.hi ? x.hi : y.hi, false};
	bool x_can = !x.not_zero && x.lo <= 0 && x.hi >= 0, y_can = !y.not_zero && y.lo <= 0 && y.hi >= 0;

	r.not_zero = !x_can && !y_can;
	return r;
}

static bool add_overflows(int64_t a, int64_t b, int64_t *out)
{
	return __builtin_add_overflow(a, b, out);
}

static struct range shift(struct range r, int64_t by)
{
	struct range out = range_any;

	if (r.lo == INT64_MIN || r.hi == INT64_MAX || add_overflows(r.lo, by, &out.lo) ||
	    add_overflows(r.hi, by, &out.hi)) {
		out = range_any;
		if (r.lo != INT64_MIN && !add_overflows(r.lo, by, &out.lo))
			out.hi = INT64_MAX;
		else if (r.hi != INT64_MAX && !add_overflows(r.hi, by, &out.hi))
			out.lo = INT64_MIN;
		else
			out = range_any;
	}
	return out;
}

/* -1 unknown, else the truth of `x op y` for all values of the two ranges. */
static int compare(int op, struct range x, struct range y)
{
	switch (op) {
	case IR_EQ:
		if (x.lo == x.hi && y.lo == y.hi && x.lo == y.lo)
			return 1;
		if (x.hi < y.lo || y.hi < x.lo || (x.not_zero && range_is_null(y)) || (y.not_zero && range_is_null(x)))
			return 0;
		return -1;
	case IR_NE: {
		int eq = compare(IR_EQ, x, y);

		return eq < 0 ? eq : !eq;
	}
	case IR_LT:
		return x.hi < y.lo ? 1 : x.lo >= y.hi ? 0 : -1;
	case IR_LE:
		return x.hi <= y.lo ? 1 : x.lo > y.hi ? 0 : -1;
	case IR_GT:
		return compare(IR_LT, y, x);
	case IR_GE:
		return compare(IR_LE, y, x);
	default:
		return -1;
	}
}

static int error_test(int op, struct range r)
{
	int64_t top = op == SYM_OP_IS_ERR ? -1 : 0;

	if (r.lo >= -4095 && r.hi <= top)
		return 1;
	if (r.lo > top || r.hi < -4095 || (top == 0 && r.not_zero && r.lo >= 0))
		return 0;
	return -1;
}

const struct resource *state_allocated(const struct state *s, uint32_t value)
{
	struct pmap_iter it;

	for (pmap_first(&it, &s->res); pmap_next(&it);) {
		const struct resource *r = (const struct resource *)(uintptr_t)it.value;

		if (r->key == value && r->state == RES_OWNED && r->acquire_ins != IR_NONE &&
		    r->family->kind == FAMILY_OWNED && r->family->dead_after_release)
			return r;
	}
	return NULL;
}

/* Does it stand in memory that somebody else has filled? */
static bool was_found(struct pool *p, uint32_t value, uint32_t but)
{
	uint32_t base = sym_base(p, value);
	const struct sym *s = sym_at(p, base);

	return s->kind == SYM_INIT && s->b == EPOCH_ENTRY && obj_at(p, s->a)->kind != OBJ_LOCAL &&
	       !sym_derives(p, base, but);
}

/* A variable's address and a pointer that came from elsewhere are never equal (but a list's head may be in it), nor
 * what has just been allocated and what the caller came with, or what was found where nobody can have put it. */
static bool distinct(struct pool *p, const struct state *s, uint32_t a, uint32_t b)
{
	const struct sym *x = sym_at(p, a), *y = sym_at(p, b);
	bool x_fixed = x->kind == SYM_ADDR && obj_at(p, x->a)->kind == OBJ_LOCAL;

	if (x->kind == SYM_FRESH && y->kind != SYM_CONST && y->kind != SYM_FRESH) {
		const struct resource *r = state_allocated(s, a);

		if (r && (y->kind == SYM_PARAM || (!r->doubt && was_found(p, b, a))))
			return true;
	}

	return x_fixed && a != b &&
	       ((y->kind == SYM_FRESH && (uint32_t)y->k < SUB_FILLED) || y->kind == SYM_PARAM || y->kind == SYM_ADDR);
}

/*
 * Comparisons are remembered in one spelling, as == or <, which hold or do not: who has found out that a != b knows
 * what a == b comes to. `v` becomes that spelling; TRUE: what was asked is its opposite.
 */
static bool one_spelling(struct sym *v)
{
	bool opposite = v->op == IR_NE || v->op == IR_GE || v->op == IR_LE;
	uint32_t a = v->a;

	if (v->op == IR_GT || v->op == IR_LE) {
		v->a = v->b;
		v->b = a;
	}
	v->op = v->op == IR_EQ || v->op == IR_NE ? IR_EQ : IR_LT;
	return opposite;
}

static bool is_comparison(const struct sym *v)
{
	return v->kind == SYM_OP && v->op >= IR_EQ && v->op <= IR_GE;
}

/* Has it been found out on this path that it is so? */
static bool remembered(struct world *w, const struct state *s, int op, uint32_t a, uint32_t b)
{
	const struct range *r = (const struct range *)(uintptr_t)pmap_get(&s->cons, sym_op(w->pool, op, a, b));

	return r && (r->not_zero || r->lo > 0);
}

/* What follows for two values from another comparison of the same; v is == or <. */
static bool excluded(struct world *w, const struct state *s, const struct sym *v)
{
	if (sym_at(w->pool, v->a)->kind == SYM_CONST || sym_at(w->pool, v->b)->kind == SYM_CONST)
		return false;
	return remembered(w, s, IR_LT, v->b, v->a) ||
	       (v->op == IR_EQ ? remembered(w, s, IR_LT, v->a, v->b) : remembered(w, s, IR_EQ, v->a, v->b));
}

static int op_truth(struct world *w, const struct state *s, const struct sym *v)
{
	int t;

	if ((v->op == IR_EQ || v->op == IR_NE) &&
	    (distinct(w->pool, s, v->a, v->b) || distinct(w->pool, s, v->b, v->a)))
		return v->op == IR_NE;

	if ((v->op == IR_EQ || v->op == IR_LT) && excluded(w, s, v))
		return 0;
	switch (v->op) {
	case IR_LNOT:
		t = state_truth(w, s, v->a);
		return t < 0 ? t : !t;
	case SYM_OP_IS_ERR:
	case SYM_OP_IS_ERR_OR_NULL:
		return error_test(v->op, state_range(w, s, v->a));
	default:
		return compare(v->op, state_range(w, s, v->a), state_range(w, s, v->b));
	}
}

struct range state_range(struct world *w, const struct state *s, uint32_t sym)
{
	const struct sym *v = sym_at(w->pool, sym);
	const struct range *known = (const struct range *)(uintptr_t)pmap_get(&s->cons, sym);
	struct range r = v->type;
	int64_t k;

	if (is_comparison(v) && v->op != IR_EQ && v->op != IR_LT) {
		struct sym same = *v;
		bool opposite = one_spelling(&same);
		int t = state_truth(w, s, sym_op(w->pool, same.op, same.a, same.b));

		if (t >= 0)
			r = (struct range){t ^ opposite, t ^ opposite, t ^ opposite};
	} else if (v->kind == SYM_OP) {
		if (v->op == IR_ADD && sym_is_const(w->pool, v->b, &k))
			range_intersect(&r, shift(state_range(w, s, v->a), k));
		else if ((v->op >= IR_EQ && v->op <= IR_GE) || v->op == IR_LNOT || v->op >= SYM_OP_IS_ERR) {
			int t = op_truth(w, s, v);

			if (t >= 0)
				r = (struct range){t, t, t};
		} else if (v->op == IR_NEG) {
			struct range x = state_range(w, s, v->a);

			if (x.lo != INT64_MIN)
				r = (struct range){-x.hi, -x.lo, x.not_zero};
		}
	}
	if (known)
		range_intersect(&r, *known);
	return r;
}

int state_truth(struct world *w, const struct state *s, uint32_t cond)
{
	struct range r = state_range(w, s, cond);

	if (range_is_null(r))
		return 0;
	return r.not_zero || r.lo > 0 || r.hi < 0 ? 1 : -1;
}

/* Of a product that is not 0 no factor is; if the product and the other factor are above 0, this one is, too. */
static bool narrow_factor(struct world *w, struct state *s, uint32_t factor, uint32_t other, struct range product)
{
	bool above = product.lo > 0 && state_range(w, s, other).lo >= 0;
	bool nonzero = product.not_zero || product.lo > 0 || product.hi < 0;

	return !nonzero || state_narrow(w, s, factor, (struct range){above ? 1 : INT64_MIN, INT64_MAX, true});
}

bool state_narrow(struct world *w, struct state *s, uint32_t sym, struct range r)
{
	struct range now = state_range(w, s, sym);
	struct sym v = *sym_at(w->pool, sym);
	int64_t k;

	if (!range_intersect(&now, r))
		return false;
	if (v.kind == SYM_CONST)
		return true;
	pmap_put(w->arena, &s->cons, sym, (uint64_t)(uintptr_t)world_range(w, now));
	if (v.kind == SYM_OP && v.op == IR_ADD && sym_is_const(w->pool, v.b, &k) && k != INT64_MIN)
		return state_narrow(w, s, v.a, shift(now, -k));
	if (v.kind == SYM_OP && v.op == IR_NEG && now.lo != INT64_MIN)
		return state_narrow(w, s, v.a, (struct range){-now.hi, -now.lo, now.not_zero});
	if (v.kind == SYM_OP && v.op == IR_MUL)
		return narrow_factor(w, s, v.a, v.b, now) && narrow_factor(w, s, v.b, v.a, now);
	return true;
}

/* x op y holds: bounds of y narrow x. */
static bool bound(struct world *w, struct state *s, int op, uint32_t x, uint32_t y)
{
	struct range b = state_range(w, s, y), r = range_any;

	switch (op) {
	case IR_EQ:
		r = b;
		break;
	case IR_NE:
		if (range_is_null(b))
			r.not_zero = true;
		else if (b.lo == b.hi) {
			struct range now = state_range(w, s, x);

			if (now.lo == b.lo && b.lo < INT64_MAX)
				r.lo = b.lo + 1;
			if (now.hi == b.lo && b.lo > INT64_MIN)
				r.hi = b.lo - 1;
		}
		break;
	case IR_LT:
		if (b.hi == INT64_MIN)
			return false;
		r.hi = b.hi == INT64_MAX ? b.hi : b.hi - 1;
		break;
	case IR_LE:
		r.hi = b.hi;
		break;
	case IR_GT:
		if (b.lo == INT64_MAX)
			return false;
		r.lo = b.lo == INT64_MIN ? b.lo : b.lo + 1;
		break;
	case IR_GE:
		r.lo = b.lo;
		break;
	default:
		return true;
	}
	return state_narrow(w, s, x, r);
}

static int opposite(int op)
{
	static const int table[][2] = {{IR_EQ, IR_NE}, {IR_NE, IR_EQ}, {IR_LT, IR_GE},
				       {IR_GE, IR_LT}, {IR_GT, IR_LE}, {IR_LE, IR_GT}};

	for (unsigned int i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i][0] == op)
			return table[i][1];
	return op;
}

static int mirrored(int op)
{
	switch (op) {
	case IR_LT:
		return IR_GT;
	case IR_LE:
		return IR_GE;
	case IR_GT:
		return IR_LT;
	case IR_GE:
		return IR_LE;
	default:
		return op;
	}
}

static bool assume_error(struct world *w, struct state *s, const struct sym *v, bool truth)
{
	int64_t top = v->op == SYM_OP_IS_ERR ? -1 : 0;
	struct range r = state_range(w, s, v->a);

	if (truth)
		return state_narrow(w, s, v->a, (struct range){-4095, top, false});
	if (r.lo < -4095)
		return true;
	return state_narrow(w, s, v->a, (struct range){top + 1, INT64_MAX, false});
}

/* What is allocated as `a` is the same as `b`: by which name it is released, or held, nobody can follow. */
static void two_names(struct world *w, struct state *s, uint32_t a, uint32_t b)
{
	const struct resource *r = sym_at(w->pool, b)->kind == SYM_CONST ? NULL : state_allocated(s, a);
	struct resource gone;

	if (!r)
		return;
	gone = *r;
	gone.state = RES_ESCAPED;
	state_set_resource(w, s, gone);
}

bool state_assume(struct world *w, struct state *s, uint32_t cond, bool truth)
{
	struct sym v = *sym_at(w->pool, cond);
	int known = state_truth(w, s, cond), op;

	if (known >= 0)
		return known == truth;
	if (v.kind != SYM_OP)
		return state_narrow(w, s, cond,
				    truth ? (struct range){INT64_MIN, INT64_MAX, true} : (struct range){0, 0, false});
	if (v.op == IR_LNOT)
		return state_assume(w, s, v.a, !truth);
	if (is_comparison(&v) && v.op != IR_EQ && v.op != IR_LT) {
		bool opposite = one_spelling(&v);

		return state_assume(w, s, sym_op(w->pool, v.op, v.a, v.b), truth != opposite);
	}
	/* Remembered for the expression itself, so that the same test further on goes the same way. */
	if (!state_narrow(w, s, cond, truth ? (struct range){INT64_MIN, INT64_MAX, true} : (struct range){0, 0, false}))
		return false;
	if (v.op >= SYM_OP_IS_ERR)
		return assume_error(w, s, &v, truth);
	if (v.op < IR_EQ || v.op > IR_GE)
		return true;
	op = truth ? v.op : opposite(v.op);
	if (op == IR_EQ) {
		two_names(w, s, v.a, v.b);
		two_names(w, s, v.b, v.a);
	}
	return bound(w, s, op, v.a, v.b) && bound(w, s, mirrored(op), v.b, v.a);
}
