/*
 * Pointers that outlive what they point to: a function stores one where others find it, releases the object and leaves
 * the pointer there. Told where somebody is going to follow it: another function of the file reads that member, and the
 * function ends well, or nobody looks at how it ends. Where only the kernel hears of the failure, that is less sure,
 * unless the driver's life has begun with another callback of the same table, and goes on; so is what a callee has
 * cleaned up after, and what the result tells by whatever convention. Where every path leaves it so, the member is
 * meant for the time of the call only; where some path leaves the object alive, it is meant to be followed later.
 */
#include "check/checks.h"

#include <string.h>

struct spot {
	uint32_t addr;
	int64_t offset;
	const char *name;
};

/* Was the object that the place lies in, or one on the way to it, released on this path? */
static bool place_is_dead(struct fn *fn, const struct state *st, uint32_t addr)
{
	struct pool *p = fn->e->pool;

	for (int depth = 0; depth < 16; depth++) {
		const struct sym *s = sym_at(p, addr);
		const struct obj *o;

		if (state_dead(st, sym_base(p, addr)))
			return true;
		if (s->kind != SYM_ADDR && s->kind != SYM_INIT)
			return false;
		o = obj_at(p, s->a);
		if (o->kind != OBJ_PTR && o->kind != OBJ_ELEM)
			return false;
		addr = o->a;
	}
	return true;
}

/* Is the instruction an access, by `op`, to what stands at `at`, or to an element of the array there? */
static bool accesses_at(const struct ir_function *f, uint32_t ins, enum ir_op op, uint32_t at)
{
	uint32_t place = f->ins[ins].a[0];

	if (f->ins[ins].op != op)
		return false;
	while (place != at && (f->ins[place].op == IR_INDEX || f->ins[place].op == IR_CAST))
		place = f->ins[place].a[0];
	return place == at;
}

/* Is it a `void *`, where each user of such a record keeps a thing of his own (urb->context)? */
static bool is_for_anybody(const struct ir_unit *u, const struct ir_ins *field)
{
	const struct ir_type *at = &u->types[field->type];
	const struct ir_type *member = at->target != IR_NONE ? &u->types[at->target] : at;

	return member->kind == IR_T_PTR && member->target != IR_NONE && u->types[member->target].kind == IR_T_VOID;
}

/* Does the function access a member of that name at that offset by `op`? */
static bool accesses(const struct ir_unit *u, const struct ir_function *f, const struct spot *place, enum ir_op op)
{
	for (uint32_t i = 0; i < f->n_ins; i++) {
		const struct ir_ins *field = &f->ins[i];

		if (field->op != IR_FIELD || field->imm != place->offset || strcmp(field->str, place->name) != 0 ||
		    is_for_anybody(u, field))
			continue;
		for (uint32_t k = i + 1; k < f->n_ins; k++)
			if (accesses_at(f, k, op, i))
				return true;
	}
	return false;
}

/*
 * Can it run with the pointer as this function leaves it? It is called from outside of the file, or by a function that
 * is and has not set the member before. What only this function calls is part of it.
 */
static bool runs_later(const struct fn *fn, uint32_t k, const struct spot *place, unsigned int depth)
{
	enum { DEEP = 4 };
	const struct ir_unit *u = fn->e->unit;
	const struct ir_function *f = &u->functions[k];

	if (!f->is_static || f->address_taken || depth == DEEP)
		return true;
	for (uint32_t i = 0; i < u->n_functions; i++)
		if (i != fn->index && i != k && u->functions[i].in_main_file && ir_calls(&u->functions[i], k) &&
		    !accesses(u, &u->functions[i], place, IR_STORE) && runs_later(fn, i, place, depth + 1))
			return true;
	return false;
}

/* A function, not this one, that reads the member while it points nowhere; IR_NONE: there is none. */
static uint32_t reader(const struct fn *fn, const struct spot *place)
{
	const struct ir_unit *u = fn->e->unit;

	for (uint32_t k = 0; k < u->n_functions; k++)
		if (k != fn->index && u->functions[k].in_main_file && accesses(u, &u->functions[k], place, IR_LOAD) &&
		    runs_later(fn, k, place, 0))
			return k;
	return IR_NONE;
}

/* Nobody calls it but the kernel, which may go on after a failure as before. */
static bool kernel_may_go_on(const struct fn *fn)
{
	for (unsigned int i = 0; i < fn->e->opt.n_harnesses; i++)
		if (fn->e->opt.harnesses[i].begin == fn->index)
			return false;
	return fn->f->is_static && fn->f->address_taken && !fn->e->n_callers[fn->index];
}

/* A table of callbacks has it beside the one by which the driver's life has begun: its failure does not end that. */
static bool life_goes_on(const struct fn *fn)
{
	const struct ir_unit *u = fn->e->unit;

	for (uint32_t g = 0; g < u->n_globals; g++)
		if (ir_holds_function(&u->globals[g], fn->index))
			for (unsigned int i = 0; i < fn->e->opt.n_harnesses; i++)
				if (!fn->e->opt.harnesses[i].module &&
				    ir_holds_function(&u->globals[g], fn->e->opt.harnesses[i].begin))
					return true;
	return false;
}

/* None of those who call it, all of this file, looks at what it returns. */
static bool nobody_looks(const struct fn *fn)
{
	const struct ir_unit *u = fn->e->unit;

	if (!fn->f->is_static || !fn->f->in_main_file || fn->f->address_taken || !fn->e->n_callers[fn->index])
		return false;
	for (uint32_t k = 0; k < u->n_functions; k++) {
		const struct ir_function *f = &u->functions[k];

		for (uint32_t i = 0; f->in_main_file && i < f->n_ins; i++)
			if (f->ins[i].op == IR_CALL && f->ins[i].sym == fn->index && ir_is_used(f, i))
				return false;
	}
	return true;
}

/* Who hears that it fails, so as not to follow what it leaves? */
enum heard { BY_CALLERS, BY_KERNEL, BY_NOBODY };

static enum heard failure_heard(const struct fn *fn)
{
	if (kernel_may_go_on(fn))
		return life_goes_on(fn) ? BY_NOBODY : BY_KERNEL;
	return nobody_looks(fn) ? BY_NOBODY : BY_CALLERS;
}

/* Is it the thing itself, or the reference that this function has taken together with the pointer to it? */
static bool is_whole(const struct fn *fn, const struct resource *r)
{
	const struct sym *s = sym_at(fn->e->pool, r->key);

	return r->family->kind == FAMILY_OWNED ||
	       (r->family->kind == FAMILY_REFERENCE && r->acquire_ins != IR_NONE && s->kind == SYM_FRESH &&
		s->a == fn->index && s->b == r->acquire_ins && r->taken.function == fn->index &&
		!fn_in_loop(fn, r->acquire_ins));
}

static const struct resource *released_object(const struct fn *fn, const struct state *st, uint32_t key)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		const struct resource *r = (const struct resource *)(uintptr_t)it.value;

		if (r->key == key && r->state == RES_RELEASED && is_whole(fn, r) && !r->mined && !r->inner &&
		    r->release_ins != IR_NONE)
			return r;
	}
	return NULL;
}

/* Whatever the status is, it is not the zero of success: errors of calls without a rule are passed on so. */
static bool says_failure(struct fn *fn, const struct fn_exit *e)
{
	const struct ir_type *t = &fn->e->unit->types[fn->f->type];
	struct range r = e->ret && t->kind == IR_T_INT ? state_range(&fn->w, &e->st, e->ret) : range_any;

	if (t->is_bool)
		return range_is_null(r);
	return e->class == EXIT_ERROR || (t->is_signed && (r.not_zero || r.lo > 0 || r.hi < 0));
}

/* Is the pointer in its place there, and good? */
static bool alive_at(struct fn *fn, const struct fn_exit *e, uint64_t where, uint32_t value)
{
	return (uint32_t)pmap_get(&e->st.mem, where) == value && !released_object(fn, &e->st, value) &&
	       !range_is_null(state_range(&fn->w, &e->st, value));
}

static bool stays_alive_elsewhere(struct fn *fn, uint64_t where, uint32_t value)
{
	for (unsigned int i = 0; i < fn->exits.n; i++)
		if (alive_at(fn, &fn->exits.v[i], where, value))
			return true;
	return false;
}

static bool differs_by_constant(struct fn *fn, uint32_t a, uint32_t b)
{
	int64_t k, l;

	return a && b && sym_is_const(fn->e->pool, a, &k) && sym_is_const(fn->e->pool, b, &l) && k != l;
}

/* Does another member of the record, set on every path, say whether the pointer is good? */
static bool told_by_member(struct fn *fn, const struct fn_exit *e, uint64_t where, uint32_t value)
{
	struct pmap_iter it;

	for (pmap_first(&it, &e->st.mem); pmap_next(&it);) {
		bool tells = mem_obj(it.key) == mem_obj(where) && it.key != where;

		for (unsigned int i = 0; tells && i < fn->exits.n; i++)
			if (alive_at(fn, &fn->exits.v[i], where, value))
				tells = differs_by_constant(fn, (uint32_t)it.value,
							    (uint32_t)pmap_get(&fn->exits.v[i].st.mem, it.key));
		if (tells)
			return true;
	}
	return false;
}

/* Does what the function returns tell its callers that the pointer is not good, by whatever convention? */
static bool told_by_result(struct fn *fn, const struct fn_exit *e, uint64_t where, uint32_t value)
{
	if (says_failure(fn, e))
		return true;
	for (unsigned int i = 0; i < fn->exits.n; i++) {
		const struct fn_exit *other = &fn->exits.v[i];
		struct range r = e->ret ? state_range(&fn->w, &e->st, e->ret) : range_any;

		if (alive_at(fn, other, where, value) &&
		    (!e->ret || !other->ret || range_intersect(&r, state_range(&fn->w, &other->st, other->ret))))
			return false;
	}
	return true;
}

static void tell(struct fn *fn, const struct fn_exit *e, const struct resource *r, const struct spot *place, bool sure,
		 uint32_t by)
{
	struct report rep = {.rule = "free/use-after",
			     .confidence = sure && r->released.function == fn->index ? CONF_MEDIUM : CONF_LOW,
			     .st = &e->st,
			     .res = r,
			     .ins = e->ins,
			     .sibling_ins = IR_NONE,
			     .exit_kind = "dangling",
			     .at_text = "leaves here with the pointer still in place"};

	rep.message =
		arena_printf(fn->w.arena, "%s is released by %s(), but '%s' still points to it, and %s() uses that",
			     r->family->noun, r->release, place->name, fn->e->unit->functions[by].name);
	fn_report(fn, &rep);
}

/* How far into the record that it is a member of: a container's address is reckoned from the part it was found by. */
static int64_t offset_in_record(struct fn *fn, uint32_t addr)
{
	uint32_t parent = pool_place_parent(fn->e->pool, addr);
	int64_t from, to;

	sym_split(fn->e->pool, addr, &to);
	if (!parent || sym_split(fn->e->pool, parent, &from) != sym_split(fn->e->pool, addr, &to))
		return to;
	return to - from;
}

/* An element, of whatever index, goes by the name of the array. */
static uint32_t named_place(const struct pool *p, uint32_t addr)
{
	const struct sym *s = sym_at(p, addr);

	while (!pool_place_name(p, addr) && s->kind == SYM_ADDR && !s->k && obj_at(p, s->a)->kind == OBJ_ELEM) {
		addr = obj_at(p, s->a)->a;
		s = sym_at(p, addr);
	}
	return addr;
}

static void judge(struct fn *fn, const struct fn_exit *e, uint64_t where, uint32_t value, enum heard heard)
{
	struct pool *p = fn->e->pool;
	struct spot place = {sym_addr(p, mem_obj(where), mem_offset(where)), 0, NULL};
	const struct sym *v = sym_at(p, value);
	const struct resource *r;
	uint32_t by;

	/* Numbers are no pointers, whatever they stand for. */
	if (obj_at(p, mem_obj(where))->kind == OBJ_LOCAL || v->type.hi <= UINT32_MAX ||
	    !sym_from_caller(p, place.addr) ||
	    (v->kind == SYM_INIT && v->a == mem_obj(where) && v->k == mem_offset(where)))
		return;
	r = released_object(fn, &e->st, value);
	place.addr = named_place(p, place.addr);
	place.name = pool_place_name(p, place.addr);
	/* A reference that is dropped in the end may have been one of several. */
	if (!r || (r->family->kind == FAMILY_REFERENCE && e->class != EXIT_ERROR))
		return;
	if (!place.name || place_is_dead(fn, &e->st, place.addr) || !stays_alive_elsewhere(fn, where, value) ||
	    told_by_member(fn, e, where, value))
		return;
	place.offset = offset_in_record(fn, place.addr);
	by = reader(fn, &place);
	if (by != IR_NONE)
		tell(fn, e, r, &place, heard == BY_NOBODY || !told_by_result(fn, e, where, value), by);
}

static void dangling_exits(struct fn *fn)
{
	enum heard heard = fn->harness ? BY_CALLERS : failure_heard(fn);

	for (unsigned int i = 0; !fn->harness && i < fn->exits.n; i++) {
		const struct fn_exit *e = &fn->exits.v[i];
		struct pmap_iter it;

		if (e->class == EXIT_ERROR && heard == BY_CALLERS)
			continue;
		for (pmap_first(&it, &e->st.mem); pmap_next(&it);)
			judge(fn, e, it.key, (uint32_t)it.value, heard);
	}
}

const struct check check_dangling = {.name = "dangling", .exits = dangling_exits};
