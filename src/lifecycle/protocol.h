/*
 * Lifecycle protocols, as data: which slots of an ops struct the kernel calls in pairs, which again and again, which in
 * atomic context. Loaded from rules/protocols/ *.yaml (format: the README.md there), looked up by the tag of the
 * struct. Everything belongs to the struct protocols; strings of different protocols are not shared pointers.
 */
#ifndef LIFECYCLE_PROTOCOL_H
#define LIFECYCLE_PROTOCOL_H

#include <glib.h>
#include <stdbool.h>

struct protocols;

enum may_fail {
	MAY_FAIL_BY_TYPE, /* when the function in the slot returns int or a pointer */
	MAY_FAIL_NO,	  /* the kernel ignores what it returns, or has no way to take the begin back */
	MAY_FAIL_YES,
};

/* What `begin` takes, the first slot of `end` that is set gives back. */
struct protocol_pair {
	const char *begin;
	const char *const *end;		/* slots, NULL-terminated; empty only with `detach` */
	const char *const *without_end; /* families that the kernel releases itself where no slot of `end` is set */
	const char *rule;		/* id of a finding about a leftover: "leak/remove" */
	const char *ends;		/* when the lifetime is over, for messages: "at detach" */
	enum may_fail begin_may_fail;
	bool end_after_failure; /* the kernel calls `end` after a failed `begin` as well */
	const char *stays_with; /* a driver that sets a member of this name cannot be unbound by hand; NULL: there is
				   none */
	bool detach;		/* the device's managed resources are released after `end` and after a failed `begin` */
	int object;		/* argument of `begin` that carries the object's state */
	int end_object;		/* the same of `end` */
};

struct protocol {
	const char *ops;  /* tag of the struct, or "module" for module_init and module_exit */
	const char *what; /* for messages: "platform driver" */
	const struct protocol_pair *pairs;
	unsigned int n_pairs;
	/* Slots, NULL-terminated, a trailing * standing for any rest: ask protocol_is_atomic(), protocol_repeats(). */
	const char *const *atomic;
	const char
		*atomic_unless; /* a unit that writes a member of this name calls for sleeping ones; NULL: none does */
	const char *const *repeat;
	const char *const *once; /* known, and neither paired nor repeated: shutdown, detect */
	int object;		 /* as in a pair, for the other slots */
	const char *file;	 /* where the protocol stands */
	unsigned int line;
};

/* Loads every *.yaml of the directory. Errors are in MODEL_ERROR and begin with file:line:. */
struct protocols *protocols_load(const char *directory, GError **err);
void protocols_free(struct protocols *p);
/* NULL when no protocol is known. `ops_tag` is without "struct". */
const struct protocol *protocols_find(const struct protocols *p, const char *ops_tag);
/* All of them, sorted by ops. */
const struct protocol *const *protocols_all(const struct protocols *p, unsigned int *n);

/* The kernel calls the slot in atomic context: it may not sleep. */
bool protocol_is_atomic(const struct protocol *p, const char *slot);
/* The slot runs any number of times without a detach in between. */
bool protocol_repeats(const struct protocol *p, const char *slot);
/* The pair that the slot begins, or NULL. */
const struct protocol_pair *protocol_begins(const struct protocol *p, const char *slot);
/* Does the slot begin or end a pair? */
bool protocol_pairs(const struct protocol *p, const char *slot);
/* Does the protocol say anything about the slot? */
bool protocol_covers(const struct protocol *p, const char *slot);

#endif
