/* String interning: equal strings become equal pointers that live as long as the table's arena. */
#ifndef BASE_INTERN_H
#define BASE_INTERN_H

#include "base/arena.h"

struct intern;

struct intern *intern_new(struct arena *a);
/* The one pointer for the contents of `s`; NULL stays NULL. */
const char *intern_str(struct intern *t, const char *s);

#endif
