/*
 * Findings as bytes, for passing from a worker to its parent on the same machine, before they are grouped: a magic
 * number, a count, then each finding's numbers (32 bits, host order) and strings (length, bytes, NUL). Reading trusts
 * nothing: a worker may have died in the middle of writing.
 */
#include "finding/finding.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

static const char magic[8] = "DRVFND2";

enum { N_STRINGS = 11 };

static void strings_of(const struct finding *f, const char *out[N_STRINGS])
{
	const char *all[N_STRINGS] = {f->fingerprint, f->rule,	  f->file,	 f->function,  f->resource, f->acquire,
				      f->release,     f->message, f->expression, f->exit_kind, f->group};

	memcpy(out, all, sizeof(all));
}

static void put_number(GByteArray *b, uint32_t n)
{
	g_byte_array_append(b, (const guint8 *)&n, sizeof(n));
}

static void put_string(GByteArray *b, const char *s)
{
	uint32_t n = s ? strlen(s) : 0;

	put_number(b, n);
	g_byte_array_append(b, (const guint8 *)(s ? s : ""), n + 1);
}

static void put_finding(GByteArray *b, const struct finding *f)
{
	const char *strings[N_STRINGS];

	strings_of(f, strings);
	for (int i = 0; i < N_STRINGS; i++)
		put_string(b, strings[i]);
	put_number(b, f->confidence);
	put_number(b, f->line);
	put_number(b, f->column);
	put_number(b, f->rank);
	put_number(b, f->n_events);
	for (uint32_t i = 0; i < f->n_events; i++) {
		const struct finding_event *e = &f->events[i];

		put_string(b, e->kind);
		put_string(b, e->file);
		put_number(b, e->line);
		put_number(b, e->column);
		put_string(b, e->message);
	}
}

void *finding_list_write(const struct finding_list *l, size_t *size)
{
	GByteArray *b = g_byte_array_new();
	void *blob;

	g_byte_array_append(b, (const guint8 *)magic, sizeof(magic));
	put_number(b, l->all.n);
	for (unsigned int i = 0; i < l->all.n; i++)
		put_finding(b, &l->all.v[i]);
	*size = b->len;
	blob = malloc(b->len);
	if (!blob)
		abort();
	memcpy(blob, b->data, b->len);
	g_byte_array_free(b, TRUE);
	return blob;
}

struct reader {
	const char *at, *end;
	bool bad;
};

static uint32_t get_number(struct reader *r)
{
	uint32_t n;

	if (r->bad || (size_t)(r->end - r->at) < sizeof(n)) {
		r->bad = true;
		return 0;
	}
	memcpy(&n, r->at, sizeof(n));
	r->at += sizeof(n);
	return n;
}

/* Points into the blob: finding_list_add() copies. */
static const char *get_string(struct reader *r)
{
	uint32_t n = get_number(r);
	const char *s = r->at;

	if (r->bad || (size_t)(r->end - r->at) <= n || s[n] || memchr(s, '\0', n)) {
		r->bad = true;
		return "";
	}
	r->at += n + 1;
	return s;
}

static struct finding_event *get_events(struct reader *r, uint32_t n)
{
	struct finding_event *events;

	/* An event takes at least 20 bytes: a larger count is damage, not a reason to allocate. */
	if (r->bad || n > (size_t)(r->end - r->at) / 20) {
		r->bad = true;
		return NULL;
	}
	events = g_new0(struct finding_event, n);
	for (uint32_t i = 0; i < n; i++) {
		events[i].kind = get_string(r);
		events[i].file = get_string(r);
		events[i].line = get_number(r);
		events[i].column = get_number(r);
		events[i].message = get_string(r);
	}
	return events;
}

static void get_finding(struct finding_list *l, struct reader *r)
{
	struct finding f = {0};
	const char **strings[N_STRINGS] = {&f.fingerprint, &f.rule,	 &f.file,    &f.function,
					   &f.resource,	   &f.acquire,	 &f.release, &f.message,
					   &f.expression,  &f.exit_kind, &f.group};
	uint32_t confidence;

	for (int i = 0; i < N_STRINGS; i++)
		*strings[i] = get_string(r);
	confidence = get_number(r);
	f.line = get_number(r);
	f.column = get_number(r);
	f.rank = get_number(r);
	f.n_events = get_number(r);
	f.events = get_events(r, f.n_events);
	f.confidence = confidence;
	if (confidence > CONF_HIGH)
		r->bad = true;
	if (!r->bad)
		finding_list_add(l, &f);
	g_free(f.events);
}

bool finding_list_read(struct finding_list *l, const void *blob, size_t size)
{
	struct reader r = {.at = blob, .end = (const char *)blob + size};
	unsigned int before = l->all.n;
	uint32_t n;

	if (size < sizeof(magic) || memcmp(blob, magic, sizeof(magic)))
		return false;
	r.at += sizeof(magic);
	n = get_number(&r);
	for (uint32_t i = 0; i < n && !r.bad; i++)
		get_finding(l, &r);
	if (r.bad || r.at != r.end) {
		l->all.n = before;
		return false;
	}
	return true;
}
