/* What a name alone tells: borrowers, meaningless suffixes, counterparts by convention. */
#include "model/tables.h"

#include <stdio.h>
#include <string.h>

enum { MAX_WORDS = 16 };

static bool add_borrow_pattern(struct rule_file *f, const char *raw, const char *star, GError **err)
{
	struct model *m = f->model;
	struct name_pattern *p = ARENA_NEW(m->arena, struct name_pattern);

	if (strchr(star + 1, '*') || strlen(raw) < 3)
		return rule_error(f, NULL, err, "%s: one star may stand for a part of a name", raw);
	p->prefix_length = (size_t)(star - raw);
	p->suffix_length = strlen(star + 1);
	p->prefix = arena_strndup(m->arena, raw, p->prefix_length);
	p->suffix = arena_strdup(m->arena, star + 1);
	g_ptr_array_add(m->borrow_patterns, p);
	return true;
}

static bool add_borrower(struct rule_file *f, const char *raw, GError **err)
{
	struct model *m = f->model;
	const char *star = strchr(raw, '*');
	const struct api *api = g_hash_table_lookup(m->api_by_name, raw);

	text_find(&f->text, &f->at, raw);
	if (star)
		return add_borrow_pattern(f, raw, star, err);
	if (api)
		return rule_error(f, NULL, err, "%s has a rule at %s:%u: that says what it borrows", raw, api->file,
				  api->line);
	if (!g_hash_table_add(m->borrowers, (gpointer)intern_str(m->strings, raw)))
		return rule_error(f, NULL, err, "%s is listed twice", raw);
	return true;
}

static bool add_pair(struct rule_file *f, const char *raw, const char *acquire, const char *release, GError **err)
{
	struct model *m = f->model;
	const char *key = intern_str(m->strings, arena_printf(m->arena, "%s %s", acquire, release));

	if (!*acquire || !*release || !strcmp(acquire, release))
		return rule_error(f, NULL, err, "%s is not a pair: acquire/release, or several releases", raw);
	if (!g_hash_table_add(m->pairs, (gpointer)key))
		return rule_error(f, NULL, err, "pair %s/%s is listed twice", acquire, release);
	return true;
}

/* "init/exit/free": init is undone by exit or free. */
static bool add_pairs(struct rule_file *f, const char *raw, GError **err)
{
	char **words = g_strsplit(raw, "/", 0);
	bool ok = true;

	text_find(&f->text, &f->at, raw);
	if (!words[1])
		ok = add_pair(f, raw, words[0], "", err);
	for (unsigned int i = 1; ok && words[i]; i++)
		ok = add_pair(f, raw, words[0], words[i], err);
	g_strfreev(words);
	return ok;
}

static bool build_suffixes(struct rule_file *f, GError **err)
{
	struct model *m = f->model;

	f->at = text_section(&f->text, "strip_suffixes");
	for (unsigned int i = 0; i < f->raw->strip_suffixes_count; i++) {
		const char *suffix = f->raw->strip_suffixes[i];

		if (suffix[0] != '_')
			return rule_error(f, suffix, err, "%s: a suffix begins with an underscore", suffix);
		g_ptr_array_add(m->strip_suffixes, (gpointer)intern_str(m->strings, suffix));
	}
	return true;
}

static void add_words(struct rule_file *f, GHashTable *to, char **words, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++)
		g_hash_table_add(to, (gpointer)intern_str(f->model->strings, words[i]));
}

bool build_names(struct rule_file *f, GError **err)
{
	struct model *m = f->model;

	f->at = text_section(&f->text, "borrowers");
	for (unsigned int i = 0; i < f->raw->borrowers_count; i++) {
		if (!add_borrower(f, f->raw->borrowers[i], err))
			return false;
	}
	f->at = text_section(&f->text, "pairs");
	for (unsigned int i = 0; i < f->raw->pairs_count; i++) {
		if (!add_pairs(f, f->raw->pairs[i], err))
			return false;
	}
	add_words(f, m->device_writes, f->raw->device_writes, f->raw->device_writes_count);
	add_words(f, m->renaming, f->raw->renaming, f->raw->renaming_count);
	add_words(f, m->parents, f->raw->parents, f->raw->parents_count);
	add_words(f, m->final_words, f->raw->final_words, f->raw->final_words_count);
	add_words(f, m->whole_words, f->raw->whole_words, f->raw->whole_words_count);
	add_words(f, m->weak_words, f->raw->weak_words, f->raw->weak_words_count);
	add_words(f, m->warning_words, f->raw->warning_words, f->raw->warning_words_count);
	add_words(f, m->release_words, f->raw->release_words, f->raw->release_words_count);
	return build_suffixes(f, err);
}

/* Length of `name` without the first suffix that means nothing. */
static size_t plain_length(const struct model *m, const char *name)
{
	size_t n = strlen(name);

	for (unsigned int i = 0; i < m->strip_suffixes->len; i++) {
		const char *suffix = g_ptr_array_index(m->strip_suffixes, i);
		size_t k = strlen(suffix);

		if (n > k && !strcmp(name + n - k, suffix))
			return n - k;
	}
	return n;
}

const char *model_display_name(const struct model *m, const char *name)
{
	size_t n = plain_length(m, name);
	char *plain = g_strndup(name, n);
	const char *kept = intern_str(m->strings, plain);

	g_free(plain);
	return kept;
}

static const struct api *find(const struct model *m, GHashTable *in, const char *name)
{
	const struct api *api = g_hash_table_lookup(in, name);
	char plain[256];
	size_t n;

	if (api)
		return api;
	n = plain_length(m, name);
	if (!name[n] || n >= sizeof(plain))
		return NULL;
	memcpy(plain, name, n);
	plain[n] = '\0';
	return g_hash_table_lookup(in, plain);
}

const struct api *model_api(const struct model *m, const char *name)
{
	return find(m, m->api_by_name, name);
}

const struct api *model_context(const struct model *m, const char *name)
{
	const struct api *api = model_api(m, name);

	return api ? api : find(m, m->context_by_name, name);
}

static bool matches(const struct name_pattern *p, const char *name, size_t n)
{
	return n >= p->prefix_length + p->suffix_length && !memcmp(name, p->prefix, p->prefix_length) &&
	       !memcmp(name + n - p->suffix_length, p->suffix, p->suffix_length);
}

bool model_borrows(const struct model *m, const char *name)
{
	const struct api *api = model_api(m, name);
	size_t n = strlen(name);

	if (api)
		return api->n_effects == 0;
	if (g_hash_table_contains(m->borrowers, name))
		return true;
	for (unsigned int i = 0; i < m->borrow_patterns->len; i++) {
		if (matches(g_ptr_array_index(m->borrow_patterns, i), name, n))
			return true;
	}
	return false;
}

/* A name cut at its underscores; leading ones and those in a row are no words. */
struct words {
	const char *start[MAX_WORDS], *end[MAX_WORDS];
	int n;
};

static struct words split(const char *name)
{
	struct words w = {.n = 0};

	while (*name && w.n < MAX_WORDS) {
		size_t n = strcspn(name, "_");

		if (n) {
			w.start[w.n] = name;
			w.end[w.n++] = name + n;
		}
		name += n;
		name += strspn(name, "_");
	}
	return w;
}

static bool same_word(const struct words *a, int i, const struct words *b, int j)
{
	ptrdiff_t n = a->end[i] - a->start[i];

	return n == b->end[j] - b->start[j] && !memcmp(a->start[i], b->start[j], (size_t)n);
}

/* "un" + word and the like. */
static bool is_negated(const char *word, size_t n, const char *negated, size_t k)
{
	static const char *const prefixes[] = {"un", "de", "dis"};

	for (size_t i = 0; i < G_N_ELEMENTS(prefixes); i++) {
		size_t p = strlen(prefixes[i]);

		if (k == n + p && !memcmp(negated, prefixes[i], p) && !memcmp(negated + p, word, n))
			return true;
	}
	return false;
}

bool model_is_pair(const struct model *m, const char *acquire, const char *release)
{
	struct words a = split(acquire), r = split(release);
	int first = 0, a_last = a.n - 1, r_last = r.n - 1;
	size_t a_len, r_len;
	char key[256];

	while (first <= a_last && first <= r_last && same_word(&a, first, &r, first))
		first++;
	while (first <= a_last && first <= r_last && same_word(&a, a_last, &r, r_last))
		a_last--, r_last--;
	if (first > a_last || first > r_last)
		return false;
	a_len = (size_t)(a.end[a_last] - a.start[first]);
	r_len = (size_t)(r.end[r_last] - r.start[first]);
	if (is_negated(a.start[first], a_len, r.start[first], r_len))
		return true;
	if (a_len + r_len + 2 > sizeof(key))
		return false;
	snprintf(key, sizeof(key), "%.*s %.*s", (int)a_len, a.start[first], (int)r_len, r.start[first]);
	return g_hash_table_contains(m->pairs, key);
}

static bool has_word(GHashTable *words, const char *name)
{
	struct words w = split(name);
	char word[64];

	for (int i = 0; i < w.n; i++) {
		size_t n = (size_t)(w.end[i] - w.start[i]);

		if (n >= sizeof(word))
			continue;
		memcpy(word, w.start[i], n);
		word[n] = '\0';
		if (g_hash_table_contains(words, word))
			return true;
	}
	return false;
}

bool model_sounds_like_release(const struct model *m, const char *name)
{
	return has_word(m->release_words, name);
}

bool model_writes_device(const struct model *m, const char *name)
{
	return g_hash_table_contains(m->device_writes, name);
}

bool model_renames(const struct model *m, const char *global)
{
	return g_hash_table_contains(m->renaming, global);
}

bool model_leads_to_parent(const struct model *m, const char *member)
{
	return g_hash_table_contains(m->parents, member);
}

bool model_sounds_final(const struct model *m, const char *name)
{
	return has_word(m->final_words, name);
}

bool model_sounds_whole(const struct model *m, const char *name)
{
	return has_word(m->whole_words, name);
}

bool model_sounds_weak(const struct model *m, const char *name)
{
	return has_word(m->weak_words, name);
}

bool model_sounds_like_warning(const struct model *m, const char *macro)
{
	return has_word(m->warning_words, macro);
}
