/* A finding is data: what was found, where, and the events that lead there. Formats and stores only read it. */
#ifndef FINDING_FINDING_H
#define FINDING_FINDING_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum confidence { CONF_LOW, CONF_MEDIUM, CONF_HIGH };
const char *confidence_name(enum confidence c);
/* False when `name` is none of high, medium, low. */
bool confidence_parse(const char *name, enum confidence *out);

/*
 * Kinds of event, in the words of the JSON interface: "acquired", "branch", "released", "escaped", "called", "returns",
 * "leaves", "used", "sibling", "managed", "armed", "callback", "note".
 */
struct finding_event {
	const char *kind;
	const char *file; /* relative to the tree */
	unsigned int line, column;
	const char *message;
};

struct finding {
	int64_t id;		 /* in the store; 0 before */
	const char *fingerprint; /* 16 hex digits; set by finding_list_finish() */
	const char *rule;	 /* "leak/error-path", ... */
	enum confidence confidence;
	const char *file;
	unsigned int line, column;
	const char *function;
	const char *resource; /* resource kind: "memory", "clock", ... */
	const char *acquire;  /* API names, "" when there is none */
	const char *release;
	const char *message;
	const char *expression; /* normalised resource expression for the fingerprint ("priv->buf"), "" if none */
	const char
		*exit_kind; /* how control leaves: "error", "success", "void", "loop", "use" ... for the fingerprint */
	struct finding_event *events;
	uint32_t n_events;
	/*
	 * Findings of one group are told as one (group.c): of the surest the one with the highest rank, which then
	 * holds all of them, itself included, as they were. "": alone.
	 */
	const char *group;
	uint32_t rank;
	struct finding *parts;
	uint32_t n_parts; /* 0: it is alone */
};

struct finding_list {
	struct arena *arena;
	VEC(struct finding) all;
};

/* Appends a copy (strings and events are copied into the list's arena). */
void finding_list_add(struct finding_list *l, const struct finding *f);
/* Sorts by file, line, column, rule, message; drops duplicates; computes fingerprints, ordinals included; groups. */
void finding_list_finish(struct finding_list *l);
/* Sorts the same way and no more. */
void finding_list_sort(struct finding_list *l);
/* group.c: each finding by itself; those of one group as one again. Fingerprints stay what they are. */
void finding_list_ungroup(struct finding_list *l);
void finding_list_group(struct finding_list *l);
/*
 * What each finding of the list is known by to those who see one line per group: of a group the same, whichever of its
 * parts stands for it and however many there are; else the fingerprint. One for each, in the list's arena.
 */
const char **finding_list_group_fingerprints(const struct finding_list *l);
/* Self-contained binary form for passing between processes; blob is malloc'd. */
void *finding_list_write(const struct finding_list *l, size_t *size);
bool finding_list_read(struct finding_list *l, const void *blob, size_t size);

/* The first event of this kind, or NULL. */
const struct finding_event *finding_event_of_kind(const struct finding *f, const char *kind);
/*
 * Compares two finished lists by fingerprint, each finding of a group by itself: copies of what only `after` has go to
 * `fresh`, of what only `before` has to `gone`, of what both have (as `after` tells it) to `same`. Each of the three
 * may be NULL.
 */
void finding_list_diff(const struct finding_list *before, const struct finding_list *after, struct finding_list *fresh,
		       struct finding_list *gone, struct finding_list *same);

/*
 * What a change brings in: copies of what `after` has beyond `before` go to `fresh`. Of several findings alike in one
 * function, those on lines that the change has added are the new ones: `line_before` says where a line stood before, 0
 * for an added one.
 */
void finding_list_subtract(const struct finding_list *before, const struct finding_list *after,
			   unsigned int (*line_before)(void *ctx, const char *file, unsigned int line), void *ctx,
			   struct finding_list *fresh);

/* The stable rule ids with a one-line title and a help text each, NULL-terminated; finding_rule() is NULL for an
 * unknown id. */
struct finding_rule {
	const char *id, *title;
	const char *help; /* a paragraph: what is wrong, what comes of it, what a fix looks like */
	unsigned int cwe; /* Common Weakness Enumeration, 0 when none fits */
};
extern const struct finding_rule finding_rules[];
const struct finding_rule *finding_rule(const char *id);
/* Is nothing wrong where the rule is told, but something could be simpler? */
bool finding_rule_advises(const char *id);

#endif
