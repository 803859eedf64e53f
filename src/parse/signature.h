/*
 * What a unit's flags say about which precompiled headers it could use. Private to parse/.
 *
 * `base` stands for everything that must be equal: clang's version, the tree, language options, forced includes. Macros
 * may be more than the header's (if the header does not look at them), include paths may go on after the header's.
 */
#ifndef PARSE_SIGNATURE_H
#define PARSE_SIGNATURE_H

#include <glib.h>

struct signature {
	char base[17];	   /* 16 hex digits */
	GPtrArray *macros; /* "-DNAME=VALUE", "-UNAME" in order, without what kbuild defines for each unit by itself */
	GPtrArray *includes; /* "-I/dir" in order */
};

void signature_init(struct signature *s, const char *directory, char *const *flags);
void signature_clear(struct signature *s);
/* Flags of the unit that a precompiled header of its signature is built with: all but kbuild's own macros. */
GPtrArray *signature_shared_flags(char *const *flags);

/* Hash over base and macros: units with the same share all that matters but include paths. */
guint64 signature_group(const struct signature *s);
gboolean is_prefix_of(const GPtrArray *prefix, const GPtrArray *list);
/* "NAME" of "-DNAME(x)=VALUE". */
char *macro_name(const char *flag);

#endif
