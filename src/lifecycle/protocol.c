/* Loading protocols: libcyaml's raw form first, then checked against each other and copied into the arena. */
#include "lifecycle/protocol.h"

#include "base/arena.h"
#include "finding/finding.h"
#include "model/model.h"
#include "model/yaml.h"

#include <string.h>

enum { MAX_ARGS = 32 };

struct protocols {
	struct arena *arena;
	GHashTable *by_ops;
	GPtrArray *all; /* struct protocol, sorted by ops once loaded */
};

enum raw_bool { RAW_BOOL_DEFAULT, RAW_BOOL_FALSE, RAW_BOOL_TRUE };

struct raw_pair {
	char *begin;
	char **end, **without_end;
	unsigned int end_count, without_end_count;
	enum raw_bool detach, begin_may_fail, end_after_failure;
	char *rule, *ends, *stays_with;
	int *object, *end_object; /* NULL: not given */
};

struct raw_protocol {
	char *ops, *what;
	struct raw_pair *pairs;
	unsigned int pairs_count;
	char *atomic_unless;
	char **atomic, **repeat, **once;
	unsigned int atomic_count, repeat_count, once_count;
	int *object;
};

struct raw_protocols {
	struct raw_protocol *protocols;
	unsigned int protocols_count;
};

static const cyaml_strval_t bool_names[] = {{"false", RAW_BOOL_FALSE}, {"true", RAW_BOOL_TRUE}};
static const cyaml_schema_value_t word_schema = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 1, 100)};

#define OPTIONAL_PTR (CYAML_FLAG_OPTIONAL | CYAML_FLAG_POINTER)
#define TEXT(type, member, flags) CYAML_FIELD_STRING_PTR(#member, CYAML_FLAG_POINTER | (flags), type, member, 1, 100)
#define BOOL(type, member) \
	CYAML_FIELD_ENUM(#member, CYAML_FLAG_STRICT | CYAML_FLAG_OPTIONAL, type, member, bool_names, 2)
#define SEQUENCE(type, member, flags, schema) \
	CYAML_FIELD_SEQUENCE(#member, CYAML_FLAG_POINTER | (flags), type, member, schema, 1, CYAML_UNLIMITED)

static const cyaml_schema_field_t pair_fields[] = {
	TEXT(struct raw_pair, begin, 0),
	SEQUENCE(struct raw_pair, end, CYAML_FLAG_OPTIONAL, &word_schema),
	SEQUENCE(struct raw_pair, without_end, CYAML_FLAG_OPTIONAL, &word_schema),
	BOOL(struct raw_pair, detach),
	BOOL(struct raw_pair, begin_may_fail),
	BOOL(struct raw_pair, end_after_failure),
	TEXT(struct raw_pair, rule, CYAML_FLAG_OPTIONAL),
	TEXT(struct raw_pair, ends, CYAML_FLAG_OPTIONAL),
	TEXT(struct raw_pair, stays_with, CYAML_FLAG_OPTIONAL),
	CYAML_FIELD_INT_PTR("object", OPTIONAL_PTR, struct raw_pair, object),
	CYAML_FIELD_INT_PTR("end_object", OPTIONAL_PTR, struct raw_pair, end_object),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t pair_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_pair, pair_fields),
};
static const cyaml_schema_field_t protocol_fields[] = {
	TEXT(struct raw_protocol, ops, 0),
	TEXT(struct raw_protocol, what, 0),
	SEQUENCE(struct raw_protocol, pairs, CYAML_FLAG_OPTIONAL, &pair_schema),
	SEQUENCE(struct raw_protocol, atomic, CYAML_FLAG_OPTIONAL, &word_schema),
	TEXT(struct raw_protocol, atomic_unless, CYAML_FLAG_OPTIONAL),
	SEQUENCE(struct raw_protocol, repeat, CYAML_FLAG_OPTIONAL, &word_schema),
	SEQUENCE(struct raw_protocol, once, CYAML_FLAG_OPTIONAL, &word_schema),
	CYAML_FIELD_INT_PTR("object", OPTIONAL_PTR, struct raw_protocol, object),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t protocol_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_protocol, protocol_fields),
};
static const cyaml_schema_field_t file_fields[] = {
	SEQUENCE(struct raw_protocols, protocols, 0, &protocol_schema),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t file_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct raw_protocols, file_fields),
};

/* One file while it is loaded. */
struct protocol_file {
	struct protocols *all;
	struct text text;
	struct text_cursor at; /* behind the ops of the protocol under work */
};

/* Sets "path:line: message" at the first `word` from the protocol on. False. */
static bool refuse(const struct protocol_file *f, const char *word, GError **err, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

static bool refuse(const struct protocol_file *f, const char *word, GError **err, const char *fmt, ...)
{
	struct text_cursor at = f->at;
	va_list args;
	char *message;

	text_find(&f->text, &at, word);
	va_start(args, fmt);
	message = g_strdup_vprintf(fmt, args);
	va_end(args);
	g_set_error(err, MODEL_ERROR, 0, "%s:%u: %s", f->text.path, at.line, message);
	g_free(message);
	return false;
}

static bool contains(const char *const *words, const char *word)
{
	for (; *words; words++) {
		if (!strcmp(*words, word))
			return true;
	}
	return false;
}

/* As contains(), where a word may end in * for any rest. */
static bool matches(const char *const *patterns, const char *word)
{
	for (; *patterns; patterns++) {
		const char *star = strchr(*patterns, '*');

		if (star ? !strncmp(*patterns, word, (size_t)(star - *patterns)) : !strcmp(*patterns, word))
			return true;
	}
	return false;
}

/* A NULL-terminated copy; no slot may be named twice. */
static bool build_slots(struct protocol_file *f, char **raw, unsigned int n, bool patterns, const char *const **out,
			GError **err)
{
	const char **slots = ARENA_ARRAY(f->all->arena, const char *, n + 1);

	*out = slots;
	for (unsigned int i = 0; i < n; i++) {
		if (contains(slots, raw[i]))
			return refuse(f, raw[i], err, "slot %s is named twice in one list", raw[i]);
		if (strchr(raw[i], '*') && (!patterns || strchr(raw[i], '*')[1]))
			return refuse(f, raw[i], err, "%s: a * may only end a name outside of pairs:", raw[i]);
		slots[i] = arena_strdup(f->all->arena, raw[i]);
	}
	return true;
}

static bool build_object(struct protocol_file *f, const char *key, const int *raw, int otherwise, int *out,
			 GError **err)
{
	*out = raw ? *raw : otherwise;
	if (*out < 0 || *out >= MAX_ARGS)
		return refuse(f, key, err, "%s: %d is not an argument number", key, *out);
	return true;
}

static bool check_pair(struct protocol_file *f, const struct protocol *p, const struct protocol_pair *pair,
		       GError **err)
{
	if (protocol_begins(p, pair->begin) != pair)
		return refuse(f, pair->begin, err, "%s begins two pairs", pair->begin);
	if (contains(pair->end, pair->begin))
		return refuse(f, pair->begin, err, "%s cannot end what it begins", pair->begin);
	if (!pair->end[0] && !pair->detach)
		return refuse(f, pair->begin, err, "%s needs end: or detach: true", pair->begin);
	if (!finding_rule(pair->rule))
		return refuse(f, pair->rule, err, "%s is not a rule id", pair->rule);
	return true;
}

static const char *default_ends(struct arena *a, const struct protocol_pair *pair)
{
	return pair->detach ? "at detach" : arena_printf(a, "after %s", pair->end[0] ? pair->end[0] : pair->begin);
}

static bool build_pair(struct protocol_file *f, const struct raw_pair *raw, const struct protocol *p,
		       struct protocol_pair *pair, GError **err)
{
	static const enum may_fail may_fail[] = {MAY_FAIL_BY_TYPE, MAY_FAIL_NO, MAY_FAIL_YES};
	struct arena *a = f->all->arena;

	pair->begin = arena_strdup(a, raw->begin);
	pair->rule = raw->rule ? arena_strdup(a, raw->rule) : "leak/open-release";
	pair->stays_with = raw->stays_with ? arena_strdup(a, raw->stays_with) : NULL;
	pair->begin_may_fail = may_fail[raw->begin_may_fail];
	pair->detach = raw->detach == RAW_BOOL_TRUE;
	pair->end_after_failure = raw->end_after_failure == RAW_BOOL_TRUE;
	if (!build_slots(f, raw->end, raw->end_count, false, &pair->end, err) ||
	    !build_slots(f, raw->without_end, raw->without_end_count, false, &pair->without_end, err) ||
	    !build_object(f, "object", raw->object, p->object, &pair->object, err) ||
	    !build_object(f, "end_object", raw->end_object, pair->object, &pair->end_object, err))
		return false;
	pair->ends = raw->ends ? arena_strdup(a, raw->ends) : default_ends(a, pair);
	return check_pair(f, p, pair, err);
}

static bool build_pairs(struct protocol_file *f, const struct raw_protocol *raw, struct protocol *p, GError **err)
{
	struct protocol_pair *pairs = ARENA_ARRAY(f->all->arena, struct protocol_pair, raw->pairs_count);

	p->pairs = pairs;
	for (unsigned int i = 0; i < raw->pairs_count; i++) {
		p->n_pairs = i + 1;
		if (!build_pair(f, &raw->pairs[i], p, &pairs[i], err))
			return false;
	}
	return true;
}

static bool add_protocol(struct protocol_file *f, struct protocol *p, GError **err)
{
	const struct protocol *other = protocols_find(f->all, p->ops);

	if (other) {
		g_set_error(err, MODEL_ERROR, 0, "%s:%u: %s already has a protocol at %s:%u", p->file, p->line, p->ops,
			    other->file, other->line);
		return false;
	}
	g_hash_table_insert(f->all->by_ops, (gpointer)p->ops, p);
	g_ptr_array_add(f->all->all, p);
	return true;
}

static bool build_protocol(struct protocol_file *f, const struct raw_protocol *raw, GError **err)
{
	struct protocol *p = ARENA_NEW(f->all->arena, struct protocol);

	text_find(&f->text, &f->at, raw->ops);
	p->ops = arena_strdup(f->all->arena, raw->ops);
	p->what = arena_strdup(f->all->arena, raw->what);
	p->atomic_unless = raw->atomic_unless ? arena_strdup(f->all->arena, raw->atomic_unless) : NULL;
	p->file = f->text.path;
	p->line = f->at.line;
	if (!raw->pairs_count && !raw->atomic_count && !raw->repeat_count && !raw->once_count)
		return refuse(f, "what", err, "%s has no slots: pairs:, atomic:, repeat: or once: is missing",
			      raw->ops);
	return build_object(f, "object", raw->object, 0, &p->object, err) && build_pairs(f, raw, p, err) &&
	       build_slots(f, raw->atomic, raw->atomic_count, true, &p->atomic, err) &&
	       build_slots(f, raw->repeat, raw->repeat_count, true, &p->repeat, err) &&
	       build_slots(f, raw->once, raw->once_count, true, &p->once, err) && add_protocol(f, p, err);
}

static bool build_file(struct protocol_file *f, const struct raw_protocols *raw, GError **err)
{
	f->at = text_section(&f->text, "protocols");
	for (unsigned int i = 0; i < raw->protocols_count; i++) {
		if (!build_protocol(f, &raw->protocols[i], err))
			return false;
	}
	return true;
}

static bool load_file(struct protocols *all, const char *path, GError **err)
{
	struct protocol_file f = {.all = all, .text.path = arena_strdup(all->arena, path)};
	struct raw_protocols *raw = NULL;
	bool ok = false;

	if (yaml_read(&f.text, err))
		raw = yaml_parse(&f.text, &file_schema, err);
	if (raw) {
		ok = build_file(&f, raw, err);
		yaml_release(&file_schema, raw);
	}
	g_free(f.text.data);
	return ok;
}

static gint compare_ops(gconstpointer a, gconstpointer b)
{
	const struct protocol *const *x = a, *const *y = b;

	return strcmp((*x)->ops, (*y)->ops);
}

struct protocols *protocols_load(const char *directory, GError **err)
{
	GPtrArray *paths = yaml_files(directory, err);
	struct protocols *p;
	bool ok = true;

	if (!paths)
		return NULL;
	p = g_new0(struct protocols, 1);
	p->arena = arena_new();
	p->by_ops = g_hash_table_new(g_str_hash, g_str_equal);
	p->all = g_ptr_array_new();
	for (unsigned int i = 0; ok && i < paths->len; i++)
		ok = load_file(p, g_ptr_array_index(paths, i), err);
	g_ptr_array_unref(paths);
	g_ptr_array_sort(p->all, compare_ops);
	if (ok)
		return p;
	protocols_free(p);
	return NULL;
}

void protocols_free(struct protocols *p)
{
	if (!p)
		return;
	g_ptr_array_unref(p->all);
	g_hash_table_unref(p->by_ops);
	arena_free(p->arena);
	g_free(p);
}

const struct protocol *protocols_find(const struct protocols *p, const char *ops_tag)
{
	return g_hash_table_lookup(p->by_ops, ops_tag);
}

const struct protocol *const *protocols_all(const struct protocols *p, unsigned int *n)
{
	*n = p->all->len;
	return (const struct protocol *const *)p->all->pdata;
}

bool protocol_is_atomic(const struct protocol *p, const char *slot)
{
	return matches(p->atomic, slot);
}

bool protocol_repeats(const struct protocol *p, const char *slot)
{
	return matches(p->repeat, slot);
}

const struct protocol_pair *protocol_begins(const struct protocol *p, const char *slot)
{
	for (unsigned int i = 0; i < p->n_pairs; i++) {
		if (!strcmp(p->pairs[i].begin, slot))
			return &p->pairs[i];
	}
	return NULL;
}

bool protocol_pairs(const struct protocol *p, const char *slot)
{
	for (unsigned int i = 0; i < p->n_pairs; i++) {
		if (!strcmp(p->pairs[i].begin, slot) || contains(p->pairs[i].end, slot))
			return true;
	}
	return false;
}

bool protocol_covers(const struct protocol *p, const char *slot)
{
	return protocol_pairs(p, slot) || protocol_is_atomic(p, slot) || protocol_repeats(p, slot) ||
	       matches(p->once, slot);
}
