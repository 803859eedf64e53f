/*
 * Summaries that outlive their unit: written when a function has been analysed, read where another unit calls it.
 *
 * What is written speaks of parameters, of the memory they reach, and of new values; variables of the unit itself and
 * places in its code stay behind. Families and rules go by name, offsets into structures as bytes: a summary is good
 * for the kernel version it comes from.
 *
 * Form: u8 version, then the cases. Numbers are LEB128, signed ones zigzag. A value is written in place, as a tree: its
 * kind, then its parts; one that was written before is a reference to its ordinal.
 */
#ifndef ENGINE_PORTABLE_H
#define ENGINE_PORTABLE_H

#include "engine/fn.h"

enum { PORTABLE_FORMAT = 2, PORTABLE_DEPTH = 12 };
enum portable_tag { TAG_NONE, TAG_SEEN, TAG_CONST, TAG_PARAM, TAG_ADDR, TAG_INIT, TAG_OP, TAG_NEW };

/*
 * Appends to `out`. FALSE, and nothing appended, when too much of it cannot be said outside. `*offsets`: members are
 * spoken of, so that it is good for the same layout of structures only.
 */
bool summary_write(struct engine *e, const struct summary *s, GByteArray *out, bool *offsets);
/* Summary of a function that has no body in this unit; NULL when the bytes are damaged or speak of unknown families. */
struct summary *summary_read(struct engine *e, uint32_t function, const void *bytes, size_t n);

#endif
