/*
 * A summary at a call: each case that can hold there becomes an outcome, every value of the callee translated into the
 * caller's.
 */
#include "engine/context.h"

/* Cases of each class that a call can have. */
enum { MAX_APPLIED = 16 };

enum { MAX_DEPTH = 24 };

struct translation {
	struct fn *fn;
	const struct call *call;
	struct state *before; /* the caller's state at the call: what the callee's INIT values are read from */
	struct pmap memo;
	int depth;
};

static uint32_t translate(struct translation *t, uint32_t sym);

static uint32_t translate_address(struct translation *t, uint32_t obj, int64_t offset)
{
	struct pool *p = t->fn->e->pool;
	struct obj o = *obj_at(p, obj);
	uint32_t base;

	switch (o.kind) {
	case OBJ_PTR:
		base = translate(t, o.a);
		return base ? sym_addr_add(p, base, offset) : 0;
	case OBJ_ELEM: {
		uint32_t index = translate(t, o.b);

		base = translate(t, o.a);
		return base && index ? sym_addr_add(p, sym_addr_index(p, base, index, o.k), offset) : 0;
	}
	case OBJ_LOCAL:
		return 0;
	default:
		return sym_addr(p, obj, offset);
	}
}

static uint32_t translate_new(struct translation *t, uint32_t sym)
{
	return fn_fresh(t->fn, t->before, t->call->ins, sym, sym_at(t->fn->e->pool, sym)->type);
}

/* The place is called the same in the caller, a member of whatever the object is there; of what surrounds it, if the
 * callee was given the address of a container of what the caller knows. */
static void carry_name(struct pool *p, uint32_t from, uint32_t to)
{
	const char *name = pool_place_name(p, from);
	uint32_t record = sym_base(p, to);
	int64_t at, stands;

	if (!name || from == to)
		return;
	sym_split(p, from, &at);
	sym_split(p, to, &stands);
	if (pool_place_parent(p, from) == sym_base(p, from) && stands < at)
		record = sym_addr_add(p, to, -at);
	pool_name_place(p, to, record, name);
}

/* The way to the device above is known by that name also where only what stands there is passed on. */
static void carry_parent(const struct model *m, struct pool *p, uint32_t from, uint32_t to)
{
	const char *name = pool_place_name(p, from);

	if (name && model_leads_to_parent(m, name))
		carry_name(p, from, to);
}

static uint32_t translate_one(struct translation *t, uint32_t sym)
{
	struct pool *p = t->fn->e->pool;
	struct sym s = *sym_at(p, sym);
	uint32_t a, b;

	switch (s.kind) {
	case SYM_CONST:
		return sym;
	case SYM_PARAM:
		return s.a < t->call->n_args ? t->call->args[s.a] : translate_new(t, sym);
	case SYM_ADDR:
		a = translate_address(t, s.a, s.k);
		if (a)
			carry_name(p, sym, a);
		return a ? a : translate_new(t, sym);
	case SYM_INIT:
		a = s.b == EPOCH_ENTRY ? translate_address(t, s.a, s.k) : 0;
		if (a)
			carry_parent(t->fn->e->model, p, sym_addr(p, s.a, s.k), a);
		return a ? state_load(&t->fn->w, t->before, a, s.type) : translate_new(t, sym);
	case SYM_OP:
		a = translate(t, s.a);
		b = s.b ? translate(t, s.b) : 0;
		return sym_op(p, s.op, a, b);
	default:
		return translate_new(t, sym);
	}
}

static uint32_t translate(struct translation *t, uint32_t sym)
{
	uint32_t to = (uint32_t)pmap_get(&t->memo, sym);

	if (to)
		return to;
	if (t->depth > MAX_DEPTH)
		return translate_new(t, sym);
	t->depth++;
	to = translate_one(t, sym);
	t->depth--;
	pmap_put(t->fn->w.arena, &t->memo, sym, to);
	return to;
}

static bool require(struct fn *fn, struct state *st, uint32_t sym, struct range r)
{
	const struct sym *s = sym_at(fn->e->pool, sym);

	if (s->kind == SYM_OP && s->type.lo == 0 && s->type.hi == 1 && (r.not_zero || r.hi == 0 || r.lo > 0))
		return state_assume(&fn->w, st, sym, r.hi != 0);
	return state_narrow(&fn->w, st, sym, r);
}

struct place_value {
	uint32_t addr, value;
};

/* Cleared as a part of something larger: how large is not known, but what was released there is not left in place. */
static void clear_released(struct translation *t, struct state *st, const struct sum_case *c, uint32_t obj)
{
	for (unsigned int i = 0; i < c->resources.n; i++) {
		struct sym key = *sym_at(t->fn->e->pool, c->resources.v[i].key);
		uint32_t addr = 0;

		if (c->resources.v[i].delta < 0 && key.kind == SYM_INIT && key.a == obj)
			addr = translate_address(t, obj, key.k);
		if (addr)
			state_store(&t->fn->w, st, addr, sym_const(t->fn->e->pool, 0));
	}
}

static bool holds_resource(struct fn *fn, const struct state *st, uint32_t addr)
{
	uint32_t now = state_peek(&fn->w, st, addr);

	return now && state_is_key(&fn->w, st, now);
}

static void apply_writes(struct translation *t, struct state *st, const struct sum_case *c)
{
	struct fn *fn = t->fn;
	struct place_value *todo = ARENA_ARRAY(fn->w.arena, struct place_value, c->writes.n + 1);

	for (unsigned int i = 0; i < c->writes.n; i++) {
		todo[i].addr = translate_address(t, c->writes.v[i].obj, c->writes.v[i].offset);
		todo[i].value = translate(t, c->writes.v[i].value);
		if (todo[i].addr)
			carry_name(fn->e->pool, sym_addr(fn->e->pool, c->writes.v[i].obj, c->writes.v[i].offset),
				   todo[i].addr);
	}
	for (unsigned int i = 0; i < c->zeroed.n; i++) {
		uint32_t addr = translate_address(t, c->zeroed.v[i], 0);
		int64_t offset;

		if (addr && sym_split(fn->e->pool, addr, &offset) && offset == 0)
			state_reset_object(&fn->w, st, sym_split(fn->e->pool, addr, &offset), EPOCH_ZERO);
		else if (addr)
			clear_released(t, st, c, c->zeroed.v[i]);
	}
	for (unsigned int i = 0; i < c->writes.n; i++) {
		if (!todo[i].addr || (c->writes.v[i].maybe && holds_resource(fn, st, todo[i].addr)))
			continue;
		state_store(&fn->w, st, todo[i].addr, todo[i].value);
		if (sym_at(fn->e->pool, todo[i].value)->kind == SYM_FRESH)
			pool_name_value(fn->e->pool, todo[i].value, todo[i].addr);
	}
}

static struct deed deed_of(struct translation *t, const struct sum_case *c, unsigned int i)
{
	const struct sum_resource *r = &c->resources.v[i];

	return (struct deed){.key = translate(t, r->key),
			     .ins = t->call->ins,
			     /* What is done in another unit is told as done by the call that leads there. */
			     .at = r->at.ins == IR_NONE ? (struct origin){t->fn->index, t->call->ins} : r->at,
			     .api = r->at.ins == IR_NONE ? call_name(t->fn, t->call->callee) : r->api,
			     .rank = i,
			     .looped = r->looped,
			     .mined = r->inner && r->delta > 0,
			     .inner = r->inner && r->delta < 0,
			     .maybe = r->maybe && r->delta < 0,
			     .rule = r->rule,
			     .arg = ARG_IN_CALLEE};
}

static void apply_releases(struct translation *t, struct state *st, const struct sum_case *c)
{
	for (unsigned int i = 0; i < c->resources.n; i++) {
		const struct sum_resource *r = &c->resources.v[i];
		const struct family *const *families = r->families ? r->families : &r->family;
		unsigned int n = r->families ? r->n_families : 1;
		struct deed d = deed_of(t, c, i);

		d.with = r->with && r->delta < 0 ? translate(t, r->with) : 0;
		d.action = r->action && r->delta < 0 ? translate(t, r->action) : 0;
		if (r->unlinked)
			unlink_object(t->fn, st, d.key, d.ins);
		if (r->delta < 0)
			resource_release(t->fn, st, families, n, &d);
	}
}

/* `bound`: who called a walker with this visitor is to mend what it leaves, not the walker. */
static void apply_acquisitions(struct translation *t, struct state *st, const struct sum_case *c, bool bound)
{
	for (unsigned int i = 0; i < c->resources.n; i++) {
		const struct sum_resource *r = &c->resources.v[i];
		struct deed d = deed_of(t, c, i);

		if (r->dead)
			resource_dangles(t->fn, st, r->family, &d, r->released_by, r->released);
		if (r->delta <= 0)
			continue;
		d.device = r->device ? translate(t, r->device) : 0;
		d.with = r->with ? translate(t, r->with) : 0;
		d.action = r->action ? translate(t, r->action) : 0;
		d.left = r->left;
		d.left_in = r->left_in;
		if (!r->left && !bound && c->class == EXIT_ERROR && c->exit_ins != IR_NONE) {
			d.left = c;
			d.left_in = t->call->callee;
		}
		resource_acquire(t->fn, st, r->family, &d);
	}
}

/* What the callee has taken it keeps as well, at a place that has no name here: it can be reached, by whomever. */
static void apply_kept(struct translation *t, struct state *st, const struct sum_case *c)
{
	struct fn *fn = t->fn;

	for (unsigned int i = 0; i < c->given.n; i++)
		for (unsigned int k = 0; !c->given.v[i].family && k < c->resources.n; k++) {
			uint32_t at;

			if (c->resources.v[k].delta <= 0 || c->resources.v[k].key != c->given.v[i].key)
				continue;
			at = fn_fresh(fn, st, t->call->ins, SUB_KEPT + k, range_pointer);
			state_store(&fn->w, st, at, translate(t, c->resources.v[k].key));
		}
}

/* Whoever gets all of an object may stop what is armed inside it, and whoever ends all that is queued does; before the
 * object is freed. */
static void apply_disarming(struct translation *t, struct state *st, const struct sum_case *c)
{
	struct pmap res = st->res;
	struct pmap_iter it;

	for (unsigned int i = 0; i < c->given.n; i++) {
		uint32_t key = (c->given.v[i].how & ~GIVEN_CERTAIN) == GIVEN_ALL ? translate(t, c->given.v[i].key) : 0;

		if (c->given.v[i].how == GIVEN_FAMILY && c->given.v[i].family->kind == FAMILY_ARMED)
			release_family(t->fn, st, c->given.v[i].family, t->call->ins);
		for (pmap_first(&it, &res); key && pmap_next(&it);) {
			struct resource r = *(const struct resource *)(uintptr_t)it.value;

			if (r.state != RES_OWNED || r.family->kind != FAMILY_ARMED ||
			    !sym_derives(t->fn->e->pool, r.key, sym_base(t->fn->e->pool, key)))
				continue;
			r.state = RES_ESCAPED;
			state_set_resource(&t->fn->w, st, r);
		}
	}
}

static void give(struct translation *t, struct state *st, const struct sum_given *g, uint32_t doubt)
{
	uint32_t v = translate(t, g->key);

	if (g->how == GIVEN_COUNTED || g->how == GIVEN_CONTENTS) {
		(g->how == GIVEN_COUNTED ? count_dropped : contents_copied)(t->fn, st, v);
		return;
	}
	escape(t->fn, st, v, (g->how & ~GIVEN_CERTAIN) == GIVEN_ALL, doubt);
	if (v)
		fill_zeros(t->fn, st, v, t->call->ins);
}

static void apply_given(struct translation *t, struct state *st, const struct sum_case *c, uint32_t ret)
{
	struct fn *fn = t->fn;

	for (unsigned int i = 0; i < c->given.n; i++) {
		const struct sum_given *g = &c->given.v[i];
		bool certain = g->how & GIVEN_CERTAIN;
		uint32_t doubt = certain ? 0 : ret ? ret : fn_fresh(fn, st, t->call->ins, 0, range_any);

		if (g->how == GIVEN_FAMILY)
			release_family(fn, st, g->family, t->call->ins);
		else if (g->how == GIVEN_LOOPED)
			release_looped(fn, st, g->family, reach_of_call(fn, t->before, t->call), t->call->ins);
		else
			give(t, st, g, doubt);
	}
}

static void tell_uses(struct translation *t, const struct sum_case *c)
{
	for (unsigned int i = 0; i < c->used.n; i++) {
		uint32_t base = sym_base(t->fn->e->pool, translate(t, c->used.v[i]));
		const struct resource *dead = state_dead(t->before, base);

		if (sym_at(t->fn->e->pool, base)->kind == SYM_PARAM)
			pmap_put(t->fn->w.arena, &t->before->used, base, 1);
		for (unsigned int k = 0; dead && engine_checks[k]; k++)
			if (engine_checks[k]->use)
				engine_checks[k]->use(t->fn, t->before, dead, t->call->ins);
	}
}

static void apply_case(struct fn *fn, const struct state *before, const struct call *c, const struct summary *sum,
		       uint32_t index, struct outcomes *out)
{
	const struct sum_case *sc = &sum->cases.v[index];
	struct state pre = *before;
	struct translation t = {fn, c, &pre, {0}, 0};
	struct outcome o = {*before, 0};

	for (unsigned int i = 0; i < sc->pre.n; i++)
		if (!require(fn, &pre, translate(&t, sc->pre.v[i].sym), sc->pre.v[i].range))
			return;
	tell_uses(&t, sc);
	o.st = pre;
	if (sc->ret) {
		o.ret = translate(&t, sc->ret);
		if (!require(fn, &o.st, o.ret, sc->ret_range))
			return;
	}
	for (unsigned int i = 0; i < sc->post.n; i++)
		if (!state_narrow(&fn->w, &o.st, translate(&t, sc->post.v[i].sym), sc->post.v[i].range))
			return;
	apply_writes(&t, &o.st, sc);
	/* Releases first: what is taken afterwards may bear the same name. Nor is that what has been given away. */
	apply_disarming(&t, &o.st, sc);
	apply_releases(&t, &o.st, sc);
	apply_given(&t, &o.st, sc, o.ret);
	apply_acquisitions(&t, &o.st, sc, sum->bound);
	apply_kept(&t, &o.st, sc);
	context_apply(fn, &o.st, c, sum, sc);
	state_step(&fn->w, &o.st, STEP_CALL, c->ins, sum->bound ? 0 : index + 1, 0);
	vec_push(fn->w.arena, &out->all, o);
}

bool summary_allows(struct fn *fn, const struct state *st, const struct call *c, const struct sum_constraint *pre,
		    unsigned int n, struct state *then)
{
	struct translation t = {fn, c, then, {0}, 0};

	*then = *st;
	for (unsigned int i = 0; i < n; i++)
		if (!require(fn, then, translate(&t, pre[i].sym), pre[i].range))
			return false;
	return true;
}

uint32_t summary_value(struct fn *fn, const struct state *st, const struct call *c, uint32_t sym)
{
	struct state scratch = *st;
	struct translation t = {fn, c, &scratch, {0}, 0};

	return translate(&t, sym);
}

const struct sum_case *case_taken(struct fn *fn, const struct state *st, uint32_t call_ins)
{
	uint32_t callee = fn->f->ins[call_ins].sym;

	for (const struct step *s = st->trace; s; s = s->before)
		if (s->kind == STEP_CALL && s->ins == call_ins && s->way && fn->e->summaries[callee] &&
		    s->way <= fn->e->summaries[callee]->cases.n)
			return &fn->e->summaries[callee]->cases.v[s->way - 1];
	return NULL;
}

/* Where nobody looks how the callee ended, one that keeps it on success has it. */
static bool ended_in_another(const struct outcomes *out, const struct resource *r, unsigned int but,
			     const enum exit_class *classes, bool ignored)
{
	for (unsigned int i = 0; i < out->all.n; i++) {
		const struct resource *other = state_resource(&out->all.v[i].st, r->key, r->family);

		if (i != but && other && other->state != RES_OWNED &&
		    (ignored || (classes[i] == classes[but] && other->state == RES_RELEASED)))
			return true;
	}
	return false;
}

/* Is the release itself seen in this file, and not only what is known of a function elsewhere? */
static bool release_is_seen(const struct fn *fn, const struct resource *r)
{
	const struct ir_function *f = &fn->e->unit->functions[r->released.function];
	const struct ir_ins *call = r->released.ins < f->n_ins ? &f->ins[r->released.ins] : NULL;

	return call && call->op == IR_CALL && call->sym != IR_NONE && fn->e->apis[call->sym];
}

/*
 * The callee, seen here, failed and left it, and on another of its failures releases it: its caller cannot tell the two
 * apart. Who else may have got it, got it in that callee.
 */
static bool torn_apart(struct fn *fn, const struct call *c, const struct outcomes *out, const struct resource *r,
		       unsigned int but, const enum exit_class *classes)
{
	const struct sym *doubt = sym_at(fn->e->pool, r->doubt);

	if (c->callee == IR_NONE || !fn->e->unit->functions[c->callee].has_body || classes[but] != EXIT_ERROR ||
	    r->family->kind != FAMILY_OWNED || r->acquire_ins == c->ins ||
	    (r->doubt && (doubt->kind != SYM_FRESH || doubt->a != fn->index || doubt->b != c->ins)))
		return false;
	for (unsigned int i = 0; i < out->all.n; i++) {
		const struct resource *other = state_resource(&out->all.v[i].st, r->key, r->family);

		if (i != but && classes[i] == EXIT_ERROR && other && other->state == RES_RELEASED &&
		    other->release_ins == c->ins && release_is_seen(fn, other))
			return true;
	}
	return false;
}

/* Of a function that is seen here, one ending that releases beside one that does not is how it behaves; of one that is
 * not, what decides may have been lost on the way. */
static bool kept_in_another(struct fn *fn, const struct call *c, const struct outcomes *out, const struct resource *r,
			    unsigned int but, const enum exit_class *classes)
{
	bool seen = c->callee != IR_NONE && fn->e->unit->functions[c->callee].has_body;

	if (seen)
		return false;
	for (unsigned int i = 0; i < out->all.n; i++) {
		const struct resource *other = state_resource(&out->all.v[i].st, r->key, r->family);

		if (i != but && (c->ret_ignored || classes[i] == classes[but]) &&
		    (!other || other->state != RES_RELEASED || other->release_ins != c->ins))
			return true;
	}
	return false;
}

/* The same resource, of which more is known now. */
static void set_again(struct fn *fn, struct state *st, const struct resource *r)
{
	const struct resource *dead = state_dead(st, r->key);
	bool is_dead = dead && dead == state_resource(st, r->key, r->family);

	state_set_resource(&fn->w, st, *r);
	if (is_dead)
		state_set_dead(&fn->w, st, r->key, state_resource(st, r->key, r->family));
}

/* What one way through the callee releases and another does not, both ending alike or nobody looking how: which of
 * them it is depends on something that is not known here. */
static void note_spared(struct fn *fn, const struct call *c, struct outcomes *out, const enum exit_class *classes)
{
	for (unsigned int i = 0; i < out->all.n; i++) {
		struct pmap res = out->all.v[i].st.res;
		struct pmap_iter it;

		for (pmap_first(&it, &res); pmap_next(&it);) {
			struct resource r = *(const struct resource *)(uintptr_t)it.value;

			if (r.state == RES_OWNED && !r.spared &&
			    ended_in_another(out, &r, i, classes, c->ret_ignored)) {
				r.spared = true;
				r.torn = torn_apart(fn, c, out, &r, i, classes);
			} else if (r.state == RES_RELEASED && !r.maybe && r.release_ins == c->ins &&
				   kept_in_another(fn, c, out, &r, i, classes)) {
				r.maybe = true;
			} else {
				continue;
			}
			set_again(fn, &out->all.v[i].st, &r);
		}
	}
}

/* Outcomes that contradict what the same question was answered before do not happen. */
static void answer_alike(struct fn *fn, const struct state *st, const struct call *c, const struct summary *sum,
			 struct outcomes *out, unsigned int first)
{
	uint32_t answer = pure_answer(fn, st, c, sum);
	unsigned int kept = first;
	int64_t k;

	for (unsigned int i = first; answer && i < out->all.n; i++) {
		struct outcome o = out->all.v[i];

		if (!o.ret || !state_narrow(&fn->w, &o.st, answer, state_range(&fn->w, &o.st, o.ret)))
			continue;
		if (!sym_is_const(fn->e->pool, o.ret, &k) && sym_at(fn->e->pool, o.ret)->kind == SYM_FRESH)
			o.ret = answer;
		out->all.v[kept++] = o;
	}
	if (answer && kept > first)
		out->all.n = kept;
}

/* Of several reasons to answer alike it makes no difference which it was. */
static void join_reasons(struct fn *fn, struct outcomes *out, unsigned int first)
{
	for (unsigned int i = first; i < out->all.n; i++)
		for (unsigned int k = i + 1; k < out->all.n;)
			if (out->all.v[k].ret == out->all.v[i].ret &&
			    states_mergeable(&out->all.v[i].st, &out->all.v[k].st, false)) {
				out->all.v[i].st =
					state_merge(fn, &out->all.v[i].st, &out->all.v[k].st, fn->f->n_blocks);
				out->all.v[k] = out->all.v[--out->all.n];
			} else {
				k++;
			}
}

static bool releases_rightly(const struct summary *sum, uint32_t key, const struct family *f)
{
	for (unsigned int i = 0; i < sum->cases.n; i++)
		for (unsigned int k = 0; k < sum->cases.v[i].resources.n; k++)
			if (sum->cases.v[i].resources.v[k].key == key &&
			    releases_one_of(&sum->cases.v[i].resources.v[k], f))
				return true;
	return false;
}

/*
 * The case releases what is held here in a way that does not fit, and another releases the same thing in the way that
 * does: who knows both tells the two apart (vfree() what is_vmalloc_addr(), kfree() the rest), and takes that one.
 */
static bool mistaken(struct fn *fn, const struct state *st, const struct call *c, const struct summary *sum,
		     const struct sum_case *sc)
{
	struct state scratch = *st;
	struct translation t = {fn, c, &scratch, {0}, 0};

	for (unsigned int i = 0; i < sc->resources.n; i++) {
		const struct sum_resource *r = &sc->resources.v[i];
		uint32_t key = r->delta < 0 ? translate(&t, r->key) : 0;
		struct pmap_iter it;

		for (pmap_first(&it, &st->res); key && pmap_next(&it);) {
			const struct resource *held = (const struct resource *)(uintptr_t)it.value;

			if (held->key == key && held->state == RES_OWNED && held->family->kind == FAMILY_OWNED &&
			    ends_with_release(held->family) && ends_with_release(r->family) &&
			    !releases_one_of(r, held->family) && releases_rightly(sum, r->key, held->family))
				return true;
		}
	}
	return false;
}

void summary_apply(struct fn *fn, const struct state *st, const struct call *c, const struct summary *sum,
		   struct outcomes *out)
{
	enum exit_class *classes = ARENA_ARRAY(fn->w.arena, enum exit_class, out->all.n + sum->cases.n + 1);

	unsigned int first = out->all.n, applied[] = {[EXIT_VOID] = 0};

	context_callee(fn, st, c, sum);
	for (unsigned int i = 0; i < sum->cases.n; i++) {
		enum exit_class class = sum->cases.v[i].class;
		unsigned int n = out->all.n;

		if (applied[class] >= MAX_APPLIED || mistaken(fn, st, c, sum, &sum->cases.v[i]))
			continue;
		apply_case(fn, st, c, sum, i, out);
		if (out->all.n == n)
			continue;
		classes[n] = class;
		applied[class]++;
	}
	note_spared(fn, c, out, classes);
	answer_alike(fn, st, c, sum, out, first);
	if (looks_only(fn->e, c->callee))
		join_reasons(fn, out, first);
	if (!c->ret_void)
		for (unsigned int i = 0; i < out->all.n; i++)
			if (!out->all.v[i].ret)
				out->all.v[i].ret = fn_fresh(fn, st, c->ins, 0, c->ret_range);
}
