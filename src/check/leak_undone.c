/*
 * Leaks that are none: who gives it back all the same (a managed action, a destructor that the path has stored in an
 * object that is not its own, what runs after a failure as well), or has noted that it is held.
 */
#include "check/checks.h"
#include "check/leak.h"
#include "engine/armed.h"

#include <string.h>

/* A pointer read from the object is returned (a device's driver data): the reference goes with it. */
bool leak_goes_with_result(const struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	return e->ret && r->family->kind == FAMILY_REFERENCE && fn->e->unit->types[fn->f->type].kind == IR_T_PTR &&
	       e->class == EXIT_SUCCESS_CLASS && sym_derives(fn->e->pool, e->ret, r->key);
}

static bool calls(const struct ir_unit *u, uint32_t function, const char *name)
{
	const struct ir_function *f = &u->functions[function];

	for (uint32_t i = 0; i < f->n_ins; i++)
		if (f->ins[i].op == IR_CALL && f->ins[i].sym != IR_NONE &&
		    strcmp(u->functions[f->ins[i].sym].name, name) == 0)
			return true;
	return false;
}

/* The callback that undoes what this one does gives things of the kind back: then whoever fails half-way should, too.
 */
bool leak_undone_at_end(struct fn *fn, const struct resource *r)
{
	for (unsigned int i = 0; i < fn->e->opt.n_harnesses; i++) {
		const struct harness *h = &fn->e->opt.harnesses[i];
		const struct summary *s;

		if (h->begin != fn->index || h->ends_anyway || h->end == IR_NONE)
			continue;
		s = r->mined ? NULL : engine_summary(fn->e, h->end);
		if (r->mined ? calls(fn->e->unit, h->end, r->family->release) : s && summary_gives_back(s, r->family))
			return true;
	}
	return false;
}

/* What the function of this unit does whose address the value is; NULL: it is none. */
static const struct summary *summary_at(struct fn *fn, uint32_t value)
{
	uint32_t f;

	return sym_is_function(fn->e->pool, value, &f) && fn->e->unit->functions[f].has_body ? engine_summary(fn->e, f)
											     : NULL;
}

/* Memory is told apart by where it is kept, everything else by what it is. */
static bool ends(struct fn *fn, const struct state *st, const struct summary *s, const struct resource *r)
{
	return s && summary_gives_back(s, r->family) &&
	       (r->family->kind != FAMILY_OWNED || summary_releases_kept(fn, s, st, r));
}

bool leak_ended_in(struct fn *fn, const struct fn_exit *e, uint32_t function, const struct resource *r)
{
	return r->mined ? calls(fn->e->unit, function, r->family->release)
			: ends(fn, &e->st, engine_summary(fn->e, function), r);
}

/* Part of an object that is not this function's to give back, and lives on. */
static bool is_others(struct fn *fn, const struct state *st, uint32_t where)
{
	uint32_t base = sym_base(fn->e->pool, where);

	if (sym_from_caller(fn->e->pool, where))
		return !sym_from_global(fn->e->pool, where);
	return sym_at(fn->e->pool, base)->kind == SYM_FRESH && !state_is_key(&fn->w, st, base) && !state_dead(st, base);
}

/*
 * The reference is to what a table or an object names as its owner, and the path has stored where to find that table
 * with others (a file's operations): whoever lets go of the one drops the other.
 */
bool leak_goes_with_owned(struct fn *fn, const struct state *st, const struct resource *r)
{
	struct pool *p = fn->e->pool;
	const struct sym *key = sym_at(p, r->key);
	const struct obj *o = key->kind == SYM_INIT ? obj_at(p, key->a) : NULL;
	struct pmap_iter it;

	if (r->family->kind != FAMILY_REFERENCE || !o || o->kind != OBJ_PTR)
		return false;
	for (pmap_first(&it, &st->mem); pmap_next(&it);) {
		uint32_t where = sym_addr(p, mem_obj(it.key), mem_offset(it.key));
		const struct sym *owned = sym_at(p, o->a);

		if ((uint32_t)it.value == o->a && is_others(fn, st, where) &&
		    (owned->kind != SYM_INIT || owned->a != mem_obj(it.key) || owned->k != mem_offset(it.key)))
			return true;
	}
	return false;
}

/* Has somebody who ends such objects been given one that stands in the memory? */
static bool part_was_registered(const struct fn *fn, const struct state *st, const struct resource *r)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		const struct resource *part = (const struct resource *)(uintptr_t)it.value;

		if (part != r && part->family->kind == FAMILY_REGISTERED && !part->mined &&
		    sym_base(fn->e->pool, part->key) == r->key)
			return true;
	}
	return false;
}

bool undone_by_destructor(struct fn *fn, const struct state *st, const struct resource *r)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->mem); pmap_next(&it);) {
		uint32_t where = sym_addr(fn->e->pool, mem_obj(it.key), mem_offset(it.key));
		const char *member = pool_place_name(fn->e->pool, where);

		const struct summary *s = summary_at(fn, (uint32_t)it.value);

		if (!s || !member || !model_sounds_final(fn->e->model, member))
			continue;
		if (is_others(fn, st, where) && ends(fn, st, s, r))
			return true;
		/* It ends what it is stored in. */
		if (sym_base(fn->e->pool, where) == r->key && part_was_registered(fn, st, r) &&
		    summary_gives_back(s, r->family))
			return true;
	}
	return false;
}

/*
 * A function of other files' use fails and leaves running what its counterpart stops: hardly anybody calls that for
 * what did not succeed, and nobody calls foo_unregister() if foo_register() has failed, whatever is left.
 */
bool leak_left_to_counterpart(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	const struct ir_unit *u = fn->e->unit;

	if (fn->f->is_static || fn->e->n_callers[fn->index] || sym_from_global(fn->e->pool, r->key) ||
	    r->family->kind == FAMILY_REFERENCE ||
	    (r->family->kind != FAMILY_ARMED && !model_sounds_whole(fn->e->model, fn->f->name)))
		return false;
	for (uint32_t i = 0; i < u->n_functions; i++)
		if (u->functions[i].in_main_file && u->functions[i].has_body &&
		    model_is_pair(fn->e->model, fn->f->name, u->functions[i].name) &&
		    ends(fn, &e->st, engine_summary(fn->e, i), r))
			return true;
	return false;
}

/* Does the function read a member of that name from such a record? */
static bool reads_member(const struct ir_unit *u, const struct ir_function *f, const struct ir_init *slot)
{
	for (uint32_t k = 0; k < f->n_ins; k++) {
		const struct ir_ins *at = f->ins[k].op == IR_LOAD ? &f->ins[f->ins[k].a[0]] : NULL;
		const char *record = at && at->op == IR_FIELD && strcmp(at->str, slot->member) == 0
					     ? record_pointed_to(u, f, at->a[0])
					     : NULL;

		if (record && strcmp(record, slot->record) == 0)
			return true;
	}
	return false;
}

/* Marks the functions of this file that call the function by a table in which it stands. */
static void mark_callers_by_table(const struct fn *fn, bool *callers)
{
	const struct ir_unit *u = fn->e->unit;

	for (uint32_t i = 0; i < u->n_globals; i++)
		for (uint32_t k = 0; k < u->globals[i].n_inits; k++) {
			const struct ir_init *slot = &u->globals[i].inits[k];

			if (slot->kind != IR_INIT_FUNC || slot->sym != fn->index || !slot->record || !slot->member)
				continue;
			for (uint32_t f = 0; f < u->n_functions; f++)
				callers[f] |= u->functions[f].in_main_file && reads_member(u, &u->functions[f], slot);
		}
}

/* Is this file itself who calls the function, by a table, and gives such things back in what it calls besides? */
static bool given_back_by_table_caller(struct fn *fn, const struct resource *r)
{
	const struct ir_unit *u = fn->e->unit;
	bool *callers = ARENA_ARRAY(fn->w.arena, bool, u->n_functions + 1);

	mark_callers_by_table(fn, callers);
	for (uint32_t i = 0; i < u->n_functions; i++) {
		bool *called = ARENA_ARRAY(fn->w.arena, bool, u->n_functions + 1), calls_it = false;

		if (!u->functions[i].in_main_file || !u->functions[i].has_body)
			continue;
		mark_called(u, i, called);
		for (uint32_t k = 0; k < u->n_functions && !calls_it; k++)
			calls_it = called[k] && callers[k];
		if (calls_it && one_calls_release(fn, called, r->family))
			return true;
	}
	return false;
}

bool leak_undone_by_itself(const struct fn *fn, const struct resource *r)
{
	for (unsigned int i = 0; i < fn->exits.n; i++) {
		const struct resource *found = state_resource(&fn->exits.v[i].st, r->key, r->family);

		if (found && found->state == RES_RELEASED && found->acquire_ins == IR_NONE)
			return true;
	}
	return false;
}

/* Does another function of this file, for other files' use, give that back? Then whoever called this one may call that,
 * whether this one has failed or not. A static function's callers are in this file, if they can be seen. */
bool leak_left_to_others(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	const struct ir_unit *u = fn->e->unit;

	if (fn->f->is_static)
		return given_back_by_table_caller(fn, r);
	for (uint32_t i = 0; i < u->n_functions; i++)
		if (i != fn->index && u->functions[i].in_main_file && u->functions[i].has_body &&
		    !u->functions[i].is_static && leak_ended_in(fn, e, i, r))
			return true;
	return false;
}

/* Has the path stored where to find it in an object of its caller's? */
bool leak_published(const struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	struct pool *p = fn->e->pool;
	struct pmap_iter it;

	for (pmap_first(&it, &e->st.mem); pmap_next(&it);)
		if ((uint32_t)it.value == r->key &&
		    sym_from_caller(p, sym_addr(p, mem_obj(it.key), mem_offset(it.key))))
			return true;
	return false;
}

/* Will a managed action release one of its kind when the device goes, as it does after a failed probe? */
bool leak_undone_by_action(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	struct pmap_iter it;

	for (pmap_first(&it, &e->st.res); r->family->kind != FAMILY_OWNED && pmap_next(&it);) {
		const struct resource *a = (const struct resource *)(uintptr_t)it.value;

		const struct summary *s = a->action && a->state == RES_OWNED ? summary_at(fn, a->action) : NULL;

		if (s && summary_gives_back(s, r->family))
			return true;
	}
	return false;
}

bool leak_holds(const struct fn_exit *e, const struct resource *r)
{
	const struct resource *here = state_resource(&e->st, r->key, r->family);

	return here && here->state == RES_OWNED;
}

/* Is everything held that is held after a success? */
static bool holds_all(const struct fn *fn, const struct fn_exit *here)
{
	for (unsigned int i = 0; i < fn->exits.n; i++) {
		const struct fn_exit *e = &fn->exits.v[i];
		struct pmap_iter it;

		for (pmap_first(&it, &e->st.res); e->class == EXIT_SUCCESS_CLASS && pmap_next(&it);) {
			const struct resource *r = (const struct resource *)(uintptr_t)it.value;

			if (r->state == RES_OWNED && r->acquire_ins != IR_NONE && !r->mined && !r->device &&
			    !leak_holds(here, r))
				return false;
		}
	}
	return true;
}

bool leak_undone_after_failure(struct fn *fn, const struct resource *r)
{
	for (unsigned int i = 0; i < fn->e->opt.n_harnesses; i++) {
		const struct harness *h = &fn->e->opt.harnesses[i];
		const struct summary *s = h->begin == fn->index && h->ends_anyway && h->end != IR_NONE
						  ? engine_summary(fn->e, h->end)
						  : NULL;

		if (s && summary_gives_back(s, r->family))
			return true;
	}
	return false;
}

bool leak_left_for_end(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	return leak_undone_after_failure(fn, r) && holds_all(fn, e);
}

/*
 * This path counts down what it has not counted up, by a pointer read from some object: two names of one thing (the
 * device, and the device that an element of a ring points back to).
 */
bool leak_counted_down(const struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	struct pmap_iter it;

	for (pmap_first(&it, &e->st.res); r->family->kind == FAMILY_COUNT && pmap_next(&it);) {
		const struct resource *other = (const struct resource *)(uintptr_t)it.value;

		if (other->family == r->family && other->state == RES_RELEASED && other->acquire_ins == IR_NONE &&
		    sym_at(fn->e->pool, other->key)->kind == SYM_INIT)
			return true;
	}
	return false;
}

/*
 * Failing and succeeding leave by the same way, holding the same, and a flag outside says so: what is held is meant to
 * be, whatever the result that is passed on.
 */
bool leak_noted_in_flag(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	struct pool *p = fn->e->pool;
	bool succeeds = false;
	struct pmap_iter it;
	int64_t flag;

	for (unsigned int i = 0; i < fn->exits.n && !succeeds; i++)
		succeeds = fn->exits.v[i].ins == e->ins && fn->exits.v[i].class == EXIT_SUCCESS_CLASS &&
			   leak_holds(&fn->exits.v[i], r);
	for (pmap_first(&it, &e->st.mem); succeeds && pmap_next(&it);)
		if (sym_is_const(p, (uint32_t)it.value, &flag) && flag == 1 &&
		    sym_from_caller(p, sym_addr(p, mem_obj(it.key), mem_offset(it.key))))
			return true;
	return false;
}

void leak_note_returned(struct fn *fn)
{
	for (unsigned int i = 0; !fn->harness && i < fn->exits.n; i++) {
		struct pmap_iter it;

		for (pmap_first(&it, &fn->exits.v[i].st.res); pmap_next(&it);) {
			const struct resource *r = (const struct resource *)(uintptr_t)it.value;

			/* By itself, or with all of its family. */
			if (r->left && r->acquire_ins != IR_NONE && r->state != RES_OWNED && r->release_ins != IR_NONE)
				report_returned(fn, r);
		}
	}
}
