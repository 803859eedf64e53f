/*
 * Where the functions of a C file are, by looks: no parser, a scan of lines that relies on kernel style (a body's
 * braces stand in column 0). Text that it does not recognise belongs to no function. Private to smpl/.
 */
#ifndef SMPL_OUTLINE_H
#define SMPL_OUTLINE_H

#include <glib.h>
#include <stdbool.h>

struct outline_function {
	char *name;
	size_t head;		  /* offset of the signature */
	size_t open, close;	  /* offsets of the body's braces */
	unsigned int first, last; /* lines of signature and closing brace */
	bool balanced;		  /* every #if inside ends inside */
};

/* Array of struct outline_function in file order; names are freed with it. */
GArray *outline_scan(const char *text);
/* The function around a line, or NULL. */
const struct outline_function *outline_at(const GArray *functions, unsigned int line);

#endif
