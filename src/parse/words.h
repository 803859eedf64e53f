/*
 * What source text tells without a compiler. Private to parse/.
 *
 * Identifiers that a set of headers is sensitive to: defining one of them as a macro before the headers may change what
 * they mean, defining it afterwards cannot. Not sensitive are names that headers use only inside their own macros, or
 * give a default (#ifndef X, #define X): those are looked up when the macro is used, which is after either definition.
 */
#ifndef PARSE_WORDS_H
#define PARSE_WORDS_H

#include <glib.h>

/* Adds hashes of the identifiers that `text` is sensitive to. */
void words_collect(GHashTable *hashes, const char *text, gsize n);
guint64 words_hash(const char *word, gsize n);

/* Calls `include` for each <...> that text includes, `define` for each macro (un)defined before the last #include. */
struct words_visitor {
	void (*include)(gpointer ctx, const char *name, gsize n);
	void (*define)(gpointer ctx, const char *name, gsize n);
	gpointer ctx;
};
void words_visit(const char *text, gsize n, const struct words_visitor *v);

#endif
