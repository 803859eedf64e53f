/*
 * Fingerprints: what stays the same of a finding while the file around it is edited. No line number goes in, no path
 * outside the tree, and of the resource expression only its shape, so that renaming a local changes nothing.
 */
#ifndef FINDING_FINGERPRINT_H
#define FINDING_FINGERPRINT_H

#include "finding/finding.h"

/*
 * The shape of a C expression: white space, casts of the whole and index values dropped, the root identifier written
 * "$": "priv->rings[i].buf" and "p->rings[0].buf" are both "$->rings[].buf". Memory in `a`.
 */
char *finding_normalise_expression(struct arena *a, const char *expression);
/* All that goes into a fingerprint but the number among those alike. Memory in `a`. */
char *finding_identity(struct arena *a, const struct finding *f);
/* Sets every fingerprint. The list must be sorted: findings alike are numbered in its order. */
void finding_list_fingerprint(struct finding_list *l);

#endif
