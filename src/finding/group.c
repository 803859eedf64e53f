/*
 * What is forgotten at one place by one mistake is told as one finding: a path that leaves three buffers behind needs
 * one label, not three. Each keeps its fingerprint, so that a change that mends one of them brings in none of the
 * others. The list's order is kept.
 */
#include "finding/finding.h"

#include <string.h>

void finding_list_ungroup(struct finding_list *l)
{
	struct finding_list apart = {.arena = l->arena};

	for (unsigned int i = 0; i < l->all.n; i++) {
		const struct finding *f = &l->all.v[i];

		for (uint32_t k = 0; k < f->n_parts; k++)
			vec_push(l->arena, &apart.all, f->parts[k]);
		if (!f->n_parts)
			vec_push(l->arena, &apart.all, *f);
	}
	*l = apart;
}

static bool together(const struct finding *a, const struct finding *b)
{
	return *a->group && strcmp(a->group, b->group) == 0 && strcmp(a->file, b->file) == 0 && a->line == b->line &&
	       a->column == b->column && strcmp(a->rule, b->rule) == 0 && strcmp(a->resource, b->resource) == 0 &&
	       strcmp(a->function, b->function) == 0;
}

static bool stands_for(const struct finding *a, const struct finding *b)
{
	return a->confidence != b->confidence ? a->confidence > b->confidence : a->rank > b->rank;
}

static bool has_sibling_last(const struct finding *f)
{
	return f->n_events && strcmp(f->events[f->n_events - 1].kind, "sibling") == 0;
}

/* The path of the one that stands for all, with a note for each other before what a sibling path does. */
static void append_notes(struct arena *a, struct finding *f, const struct finding *head)
{
	struct finding_event *events = ARENA_ARRAY(a, struct finding_event, f->n_events + f->n_parts);
	uint32_t end = f->n_events - has_sibling_last(f), n = 0;

	for (uint32_t i = 0; i < end; i++)
		events[n++] = f->events[i];
	for (uint32_t i = 0; i < f->n_parts; i++) {
		const struct finding_event *taken = finding_event_of_kind(&f->parts[i], "acquired");

		if (&f->parts[i] == head || !taken)
			continue;
		events[n] = *taken;
		events[n].kind = "note";
		events[n++].message =
			arena_printf(a, "what is taken here by %s() is forgotten as well", f->parts[i].acquire);
	}
	for (uint32_t i = end; i < f->n_events; i++)
		events[n++] = f->events[i];
	f->events = events;
	f->n_events = n;
}

/* `parts` is of two or more. */
static struct finding as_one(struct arena *a, struct finding *parts, uint32_t n)
{
	const struct finding *head = &parts[0];
	struct finding f;

	for (uint32_t i = 1; i < n; i++)
		if (stands_for(&parts[i], head))
			head = &parts[i];
	f = *head;
	f.parts = parts;
	f.n_parts = n;
	f.message = arena_printf(a, "%s; the same goes for %u more", head->message, n - 1);
	append_notes(a, &f, head);
	return f;
}

/* Sorted lists have what stands at one place side by side. */
static unsigned int end_of_place(const struct finding_list *l, unsigned int i)
{
	const struct finding *f = &l->all.v[i];
	unsigned int end = i + 1;

	while (end < l->all.n && strcmp(l->all.v[end].file, f->file) == 0 && l->all.v[end].line == f->line)
		end++;
	return end;
}

void finding_list_group(struct finding_list *l)
{
	struct finding_list grouped = {.arena = l->arena};

	for (unsigned int i = 0; i < l->all.n; i++) {
		struct finding *f = &l->all.v[i], *parts = NULL;
		unsigned int end = end_of_place(l, i);
		uint32_t n = 0;

		if (!f->rule)
			continue; /* told with one before */
		for (unsigned int k = i + 1; k < end && *f->group; k++)
			n += l->all.v[k].rule && together(f, &l->all.v[k]);
		if (!n) {
			vec_push(l->arena, &grouped.all, *f);
			continue;
		}
		parts = ARENA_ARRAY(l->arena, struct finding, n + 1);
		parts[0] = *f;
		n = 1;
		for (unsigned int k = i + 1; k < end; k++)
			if (l->all.v[k].rule && together(f, &l->all.v[k])) {
				parts[n++] = l->all.v[k];
				l->all.v[k].rule = NULL;
			}
		vec_push(l->arena, &grouped.all, as_one(l->arena, parts, n));
	}
	*l = grouped;
}
