/*
 * The list of findings: copying in, sorting, dropping duplicates. Costs: one copy of each string, one sort at the end.
 * Order rule: finding_list_finish() comes after the last finding_list_add(); adding more means finishing again.
 */
#include "finding/finding.h"

#include "finding/fingerprint.h"

#include <stdlib.h>
#include <string.h>

static const char *const confidence_names[] = {[CONF_LOW] = "low", [CONF_MEDIUM] = "medium", [CONF_HIGH] = "high"};

const char *confidence_name(enum confidence c)
{
	return confidence_names[c];
}

bool confidence_parse(const char *name, enum confidence *out)
{
	for (int c = CONF_LOW; c <= CONF_HIGH; c++) {
		if (!strcmp(name, confidence_names[c])) {
			*out = c;
			return true;
		}
	}
	return false;
}

static const char *copy(struct arena *a, const char *s)
{
	return s && *s ? arena_strdup(a, s) : "";
}

static struct finding copy_finding(struct arena *a, const struct finding *f)
{
	struct finding c = *f;

	c.fingerprint = copy(a, f->fingerprint);
	c.rule = copy(a, f->rule);
	c.file = copy(a, f->file);
	c.function = copy(a, f->function);
	c.resource = copy(a, f->resource);
	c.acquire = copy(a, f->acquire);
	c.release = copy(a, f->release);
	c.message = copy(a, f->message);
	c.expression = copy(a, f->expression);
	c.exit_kind = copy(a, f->exit_kind);
	c.group = copy(a, f->group);
	c.events = f->n_events ? ARENA_ARRAY(a, struct finding_event, f->n_events) : NULL;
	for (uint32_t i = 0; i < f->n_events; i++) {
		const struct finding_event *e = &f->events[i];

		c.events[i] = (struct finding_event){
			.kind = copy(a, e->kind),
			.file = copy(a, e->file),
			.line = e->line,
			.column = e->column,
			.message = copy(a, e->message),
		};
	}
	c.parts = f->n_parts ? ARENA_ARRAY(a, struct finding, f->n_parts) : NULL;
	for (uint32_t i = 0; i < f->n_parts; i++)
		c.parts[i] = copy_finding(a, &f->parts[i]);
	return c;
}

void finding_list_add(struct finding_list *l, const struct finding *f)
{
	struct finding c = copy_finding(l->arena, f);

	vec_push(l->arena, &l->all, c);
}

static int compare_numbers(unsigned int a, unsigned int b)
{
	return (a > b) - (a < b);
}

const struct finding_event *finding_event_of_kind(const struct finding *f, const char *kind)
{
	for (uint32_t i = 0; i < f->n_events; i++)
		if (!strcmp(f->events[i].kind, kind))
			return &f->events[i];
	return NULL;
}

/* Two leaks told with the same words at the same return are two when they were acquired at two places. */
static int compare_origin(const struct finding *a, const struct finding *b)
{
	const struct finding_event *x = finding_event_of_kind(a, "acquired"), *y = finding_event_of_kind(b, "acquired");
	int c;

	if (!x || !y)
		return (x != NULL) - (y != NULL);
	if ((c = strcmp(x->file, y->file)))
		return c;
	if ((c = compare_numbers(x->line, y->line)))
		return c;
	return compare_numbers(x->column, y->column);
}

/* What makes two findings the same one: all that a reader can tell them apart by, except the way there. */
static int compare_identity(const struct finding *a, const struct finding *b)
{
	int c;

	if ((c = strcmp(a->file, b->file)))
		return c;
	if ((c = compare_numbers(a->line, b->line)))
		return c;
	if ((c = compare_numbers(a->column, b->column)))
		return c;
	if ((c = strcmp(a->rule, b->rule)))
		return c;
	if ((c = strcmp(a->message, b->message)))
		return c;
	if ((c = strcmp(a->function, b->function)))
		return c;
	if ((c = compare_origin(a, b)))
		return c;
	if ((c = strcmp(a->acquire, b->acquire)))
		return c;
	return strcmp(a->expression, b->expression);
}

static int compare_event(const struct finding_event *a, const struct finding_event *b)
{
	int c;

	if ((c = strcmp(a->file, b->file)))
		return c;
	if ((c = compare_numbers(a->line, b->line)))
		return c;
	if ((c = compare_numbers(a->column, b->column)))
		return c;
	if ((c = strcmp(a->kind, b->kind)))
		return c;
	return strcmp(a->message, b->message);
}

/* Of the same finding reached in several ways the surest and then the shortest comes first, and is kept. */
static int compare_quality(const struct finding *a, const struct finding *b)
{
	int c;

	if (a->confidence != b->confidence)
		return a->confidence > b->confidence ? -1 : 1;
	if ((c = compare_numbers(a->n_events, b->n_events)))
		return c;
	for (uint32_t i = 0; i < a->n_events; i++)
		if ((c = compare_event(&a->events[i], &b->events[i])))
			return c;
	if ((c = strcmp(a->release, b->release)))
		return c;
	if ((c = strcmp(a->resource, b->resource)))
		return c;
	return strcmp(a->exit_kind, b->exit_kind);
}

static int compare(const void *x, const void *y)
{
	int c = compare_identity(x, y);

	return c ? c : compare_quality(x, y);
}

void finding_list_sort(struct finding_list *l)
{
	if (l->all.n)
		qsort(l->all.v, l->all.n, sizeof(*l->all.v), compare);
}

void finding_list_finish(struct finding_list *l)
{
	unsigned int kept = 0;

	finding_list_ungroup(l);
	finding_list_sort(l);
	for (unsigned int i = 0; i < l->all.n; i++)
		if (!kept || compare_identity(&l->all.v[kept - 1], &l->all.v[i]))
			l->all.v[kept++] = l->all.v[i];
	l->all.n = kept;
	finding_list_fingerprint(l);
	finding_list_group(l);
}
