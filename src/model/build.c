/* Families and functions: raw rules checked against each other and turned into tables. */
#include "model/tables.h"

#include <string.h>

bool rule_error(struct rule_file *f, const char *word, GError **err, const char *fmt, ...)
{
	struct text_cursor at = f->at;
	va_list args;
	char *message;

	if (word)
		text_find(&f->text, &at, word);
	va_start(args, fmt);
	message = g_strdup_vprintf(fmt, args);
	va_end(args);
	g_set_error(err, MODEL_ERROR, 0, "%s:%u: %s", f->text.path, at.line, message);
	g_free(message);
	return false;
}

static bool flag(enum raw_bool raw, bool otherwise)
{
	return raw == RAW_BOOL_DEFAULT ? otherwise : raw == RAW_BOOL_TRUE;
}

static const char *const *build_words(struct rule_file *f, char **raw, unsigned int n)
{
	const char **words = ARENA_ARRAY(f->model->arena, const char *, n + 1);

	for (unsigned int i = 0; i < n; i++)
		words[i] = intern_str(f->model->strings, raw[i]);
	return words;
}

static bool build_family(struct rule_file *f, const struct raw_family *raw, GError **err)
{
	struct model *m = f->model;
	struct family *family = ARENA_NEW(m->arena, struct family);
	bool owned = raw->kind == FAMILY_OWNED, held = owned || raw->kind == FAMILY_REFERENCE;

	text_find(&f->text, &f->at, raw->name);
	if (g_hash_table_contains(m->family_by_name, raw->name))
		return rule_error(f, NULL, err, "family %s is defined twice", raw->name);
	*family = (struct family){
		.name = intern_str(m->strings, raw->name),
		.resource = intern_str(m->strings, raw->resource),
		.noun = intern_str(m->strings, raw->noun),
		.release = intern_str(m->strings, raw->release),
		.record = raw->record ? intern_str(m->strings, raw->record) : NULL,
		.through = raw->through ? intern_str(m->strings, raw->through) : NULL,
		.kind = raw->kind,
		.report_success = flag(raw->report_success, held),
		.dead_after_release = flag(raw->dead_after_release, owned),
		.leak_at_root = flag(raw->leak_at_root, true),
		.handed_on = flag(raw->handed_on, false),
		.plain = flag(raw->plain, strcmp(raw->resource, "memory") == 0),
		.first = flag(raw->first, false),
		.leaks = flag(raw->leaks, true),
		.brief = flag(raw->brief, false),
		.bound = flag(raw->bound, false),
		.outlives = flag(raw->outlives, false),
		.open = raw->open_count ? build_words(f, raw->open, raw->open_count) : NULL,
		.open_slots = raw->open_slots_count ? build_words(f, raw->open_slots, raw->open_slots_count) : NULL,
		.serves = raw->serves_count ? build_words(f, raw->serves, raw->serves_count) : NULL,
		.index = m->families->len,
	};
	g_hash_table_insert(m->family_by_name, (gpointer)family->name, family);
	g_ptr_array_add(m->families, family);
	return true;
}

bool build_families(struct rule_file *f, GError **err)
{
	f->at = text_section(&f->text, "families");
	for (unsigned int i = 0; i < f->raw->families_count; i++) {
		if (!build_family(f, &f->raw->families[i], err))
			return false;
	}
	return true;
}

static bool build_place(struct rule_file *f, const char *text, struct place *out, GError **err)
{
	if (!text || place_parse(f->model, text, out))
		return true;
	return rule_error(f, text, err, "%s is not a place: return, argN, *argN or argN->member, N below %d", text,
			  MAX_ARGS);
}

static const struct family *find_family(struct rule_file *f, const char *name, GError **err)
{
	const struct family *family = g_hash_table_lookup(f->model->family_by_name, name);

	if (!family)
		rule_error(f, name, err, "no family is called %s", name);
	return family;
}

static bool build_effect_families(struct rule_file *f, const struct raw_effect *raw, struct effect *e, GError **err)
{
	if (raw->family) {
		e->family = find_family(f, raw->family, err);
		return e->family != NULL;
	}
	e->n_families = raw->families_count;
	e->families = ARENA_ARRAY(f->model->arena, const struct family *, raw->families_count);
	for (unsigned int i = 0; i < raw->families_count; i++) {
		e->families[i] = find_family(f, raw->families[i], err);
		if (!e->families[i])
			return false;
	}
	return true;
}

bool build_family_links(struct rule_file *f, GError **err)
{
	f->at = text_section(&f->text, "families");
	for (unsigned int i = 0; i < f->raw->families_count; i++) {
		const struct raw_family *raw = &f->raw->families[i];
		struct family *family = g_hash_table_lookup(f->model->family_by_name, raw->name);

		for (unsigned int k = 0; k < raw->halves_count; k++) {
			family->halves[k] = find_family(f, raw->halves[k], err);
			if (!family->halves[k])
				return false;
		}
		if (!raw->managed_with)
			continue;
		family->managed_with = find_family(f, raw->managed_with, err);
		if (!family->managed_with)
			return false;
	}
	return true;
}

static enum effect_when effect_when(enum effect_kind kind, enum raw_when raw)
{
	static const enum effect_when given[] = {
		[RAW_WHEN_SUCCESS] = WHEN_SUCCESS,
		[RAW_WHEN_FAILURE] = WHEN_FAILURE,
		[RAW_WHEN_ALWAYS] = WHEN_ALWAYS,
	};

	if (raw != RAW_WHEN_DEFAULT)
		return given[raw];
	return kind == EFFECT_RELEASE || kind == EFFECT_FILL ? WHEN_ALWAYS : WHEN_SUCCESS;
}

static bool build_effect(struct rule_file *f, enum effect_kind kind, const struct raw_effect *raw, struct effect *e,
			 GError **err)
{
	e->kind = kind;
	e->when = effect_when(kind, raw->when);
	e->last = flag(raw->last, false);
	e->member = raw->member ? intern_str(f->model->strings, raw->member) : NULL;
	e->bits_arg = raw->bits ? raw->bits[0] : raw->no_bits ? raw->no_bits[0] : -1;
	e->bits = raw->bits ? raw->bits[1] : raw->no_bits ? raw->no_bits[1] : 0;
	e->without_bits = !raw->bits && raw->no_bits;
	e->runs = raw->runs ? intern_str(f->model->strings, raw->runs) : NULL;
	return build_effect_families(f, raw, e, err) && build_place(f, raw->at, &e->at, err) &&
	       build_place(f, raw->device, &e->device, err) &&
	       build_place(f, raw->call ? raw->call : raw->value, &e->value, err) &&
	       build_place(f, raw->with, &e->with, err);
}

/* Contradictions between an effect and the rest of its rule. */
static bool check_effect(struct rule_file *f, const struct raw_function *raw, const struct effect *e, GError **err)
{
	bool value_is_status = raw->fails == FAILS_ERRNO || raw->fails == FAILS_NONZERO;

	if (e->bits && (e->bits_arg < 0 || e->bits_arg >= MAX_ARGS))
		return rule_error(f, "bits", err, "bits: %d is not an argument number", e->bits_arg);
	if (e->device.root == PLACE_RETURN)
		return rule_error(f, "device", err, "the returned value cannot be the device");
	if (e->when == WHEN_FAILURE && (raw->fails == FAILS_UNKNOWN || raw->fails == FAILS_NEVER))
		return rule_error(f, "failure", err, "when: failure needs fails: to say what failure looks like");
	if (e->kind == EFFECT_ACQUIRE && e->at.root == PLACE_RETURN && value_is_status &&
	    !flag(raw->returns_positive, false))
		return rule_error(f, "acquire", err,
				  "the returned value is a status by fails:, it cannot be the resource");
	if (e->at.root == PLACE_RETURN && !e->at.field && !e->at.deref && e->kind != EFFECT_ACQUIRE &&
	    e->kind != EFFECT_ARM)
		return rule_error(f, "return", err, "the returned value can only be acquired or armed");
	return true;
}

static bool build_effects(struct rule_file *f, const struct raw_function *raw, struct api *api, GError **err)
{
	struct effect *effects;
	unsigned int total = 0;

	for (int kind = 0; kind < EFFECT_KINDS; kind++)
		total += raw->effects_count[kind];
	effects = ARENA_ARRAY(f->model->arena, struct effect, total);
	api->effects = effects;
	for (int kind = 0; kind < EFFECT_KINDS; kind++) {
		for (unsigned int i = 0; i < raw->effects_count[kind]; i++) {
			struct effect *e = &effects[api->n_effects++];

			if (!build_effect(f, kind, &raw->effects[kind][i], e, err) || !check_effect(f, raw, e, err))
				return false;
		}
	}
	return true;
}

static bool build_mask(struct rule_file *f, const char *key, const int *args, unsigned int n, uint32_t *mask,
		       GError **err)
{
	for (unsigned int i = 0; i < n; i++) {
		if (args[i] < 0 || args[i] >= MAX_ARGS)
			return rule_error(f, key, err, "%s: %d is not an argument number", key, args[i]);
		*mask |= 1u << args[i];
	}
	return true;
}

static bool build_arg(struct rule_file *f, const char *key, const int *raw, int *out, GError **err)
{
	*out = raw ? *raw : -1;
	if (raw && (*raw < 0 || *raw >= MAX_ARGS))
		return rule_error(f, key, err, "%s: %d is not an argument number", key, *raw);
	return true;
}

static bool build_args(struct rule_file *f, const struct raw_function *raw, struct api *api, GError **err)
{
	if (!build_mask(f, "null_ok", raw->null_ok, raw->null_ok_count, &api->null_ok, err) ||
	    !build_mask(f, "err_ok", raw->err_ok, raw->err_ok_count, &api->err_ok, err) ||
	    !build_mask(f, "nonzero", raw->nonzero, raw->nonzero_count, &api->nonzero, err) ||
	    !build_arg(f, "returns_within", raw->returns_within, &api->at_least_arg, err) ||
	    !build_arg(f, "returns_within", raw->returns_within ? raw->returns_within + 1 : NULL, &api->at_most_arg,
		       err) ||
	    !build_arg(f, "gfp", raw->gfp, &api->gfp_arg, err) ||
	    !build_arg(f, "size", raw->size, &api->size_arg, err) ||
	    !build_arg(f, "count", raw->count, &api->count_arg, err))
		return false;
	if (!build_mask(f, "callbacks", raw->callbacks, raw->callbacks_count, &api->callbacks, err))
		return false;
	if (raw->sleeps == SLEEPS_GFP && !raw->gfp)
		return rule_error(f, "sleeps", err, "sleeps: gfp needs gfp: to name the argument");
	if (raw->callbacks_in && !raw->callbacks)
		return rule_error(f, "callbacks_in", err, "callbacks_in: needs callbacks: to name the arguments");
	if (raw->enter & raw->leave)
		return rule_error(f, "leave", err, "one call cannot both enter and leave a context");
	if (raw->returns_within && raw->fails != FAILS_ERRNO && raw->returns_within[0] != raw->returns_within[1])
		return rule_error(f, "returns_within", err, "returns_within needs fails: errno");
	if (raw->count && !raw->size)
		return rule_error(f, "count", err, "count: needs size:");
	return true;
}

static bool build_intrinsic(struct rule_file *f, const struct raw_function *raw, struct api *api, GError **err)
{
	if ((raw->intrinsic != INTRINSIC_NONE) + (raw->returns_arg != NULL) + (raw->returns_const != NULL) > 1)
		return rule_error(f, raw->intrinsic ? "intrinsic" : "returns_arg", err,
				  "intrinsic, returns_arg and returns_const exclude each other");
	api->intrinsic = raw->intrinsic;
	if (raw->returns_arg) {
		api->intrinsic = INTRINSIC_RETURNS_ARG;
		return build_arg(f, "returns_arg", raw->returns_arg, &api->intrinsic_arg, err);
	}
	if (raw->returns_const) {
		api->intrinsic = INTRINSIC_RETURNS_CONST;
		api->intrinsic_value = *raw->returns_const;
	}
	return true;
}

static bool check_conventions(struct rule_file *f, const struct raw_function *raw, GError **err)
{
	bool pointer = raw->fails == FAILS_NULL || raw->fails == FAILS_ERRPTR || raw->fails == FAILS_NULL_OR_ERRPTR;

	if (flag(raw->may_be_null, false) && raw->fails == FAILS_NULL)
		return rule_error(f, "may_be_null", err, "may_be_null contradicts fails: null");
	if (flag(raw->returns_positive, false) && raw->fails != FAILS_ERRNO)
		return rule_error(f, "returns_positive", err, "returns_positive needs fails: errno");
	if (flag(raw->must_check, false) && (raw->fails == FAILS_UNKNOWN || raw->fails == FAILS_NEVER))
		return rule_error(f, "must_check", err, "must_check needs a way to fail");
	if (flag(raw->zeroed, false) && (!raw->effects_count[EFFECT_ACQUIRE] || !pointer))
		return rule_error(f, "zeroed", err, "zeroed is for functions that return fresh memory");
	return true;
}

/* What the names of a rule share; `name` is left open. */
static bool build_shared(struct rule_file *f, const struct raw_function *raw, struct api *api, GError **err)
{
	*api = (struct api){
		.fails = raw->fails,
		.may_be_null = flag(raw->may_be_null, false),
		.returns_positive = flag(raw->returns_positive, false) || flag(raw->returns_count, false) ||
				    raw->returns_within != NULL,
		.returns_count = flag(raw->returns_count, false),
		.zeroed = flag(raw->zeroed, false),
		.must_check = flag(raw->must_check, false),
		.may_ignore = !flag(raw->must_check, true),
		.sleeps = raw->sleeps,
		.enter = raw->enter,
		.leave = raw->leave,
		.sleeps_where =
			raw->sleeps_where_count ? build_words(f, raw->sleeps_where, raw->sleeps_where_count) : NULL,
		.sleeps_unless = raw->sleeps_unless ? intern_str(f->model->strings, raw->sleeps_unless) : NULL,
		.tests_context = flag(raw->tests_context, false),
		.sleeps_seldom = flag(raw->sleeps_seldom, false),
		.fails_misused = flag(raw->fails_misused, false),
		.tests_count = flag(raw->tests_count, false),
		.waits = flag(raw->waits, false),
		.callbacks_in = raw->callbacks_in,
		.file = f->text.path,
	};
	return check_conventions(f, raw, err) && build_effects(f, raw, api, err) && build_args(f, raw, api, err) &&
	       build_intrinsic(f, raw, api, err);
}

static struct api *add_name(struct rule_file *f, GHashTable *to, const char *name, const struct api *shared,
			    GError **err)
{
	struct model *m = f->model;
	const struct api *other = g_hash_table_lookup(m->api_by_name, name);
	struct api *api;

	if (!other)
		other = g_hash_table_lookup(to, name);
	text_find(&f->text, &f->at, name);
	if (other) {
		rule_error(f, NULL, err, "%s already has a rule at %s:%u", name, other->file, other->line);
		return NULL;
	}
	api = ARENA_NEW(m->arena, struct api);
	*api = *shared;
	api->name = intern_str(m->strings, name);
	api->line = f->at.line;
	g_hash_table_insert(to, (gpointer)api->name, api);
	return api;
}

/* One entry of the file: a rule for each of its names. */
static bool build_entry(struct rule_file *f, const struct raw_function *raw, GHashTable *to, GPtrArray *all,
			GError **err)
{
	struct text_cursor start;
	struct api shared;

	text_find(&f->text, &f->at, "names");
	start = f->at;
	if (!build_shared(f, raw, &shared, err))
		return false;
	f->at = start;
	for (unsigned int j = 0; j < raw->names_count; j++) {
		struct api *api = add_name(f, to, raw->names[j], &shared, err);

		if (!api)
			return false;
		if (all)
			g_ptr_array_add(all, api);
	}
	return true;
}

bool build_contexts(struct rule_file *f, GError **err)
{
	if (f->raw->gfp_sleeps)
		f->model->gfp_sleeps = f->raw->gfp_sleeps;
	if (f->raw->gfp_reserve)
		f->model->gfp_reserve = f->raw->gfp_reserve;
	if (f->raw->gfp_nofail)
		f->model->gfp_nofail = f->raw->gfp_nofail;
	f->at = text_section(&f->text, "contexts");
	for (unsigned int i = 0; i < f->raw->contexts_count; i++)
		if (!build_entry(f, &f->raw->contexts[i], f->model->context_by_name, NULL, err))
			return false;
	return true;
}

bool build_functions(struct rule_file *f, GError **err)
{
	f->at = text_section(&f->text, "functions");
	for (unsigned int i = 0; i < f->raw->functions_count; i++)
		if (!build_entry(f, &f->raw->functions[i], f->model->api_by_name, f->model->apis, err))
			return false;
	return true;
}
