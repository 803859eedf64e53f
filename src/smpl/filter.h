/* Which patches can match which functions, by tokens; most files and most of each file never reach spatch. */
#ifndef SMPL_FILTER_H
#define SMPL_FILTER_H

#include <glib.h>
#include <stdbool.h>

struct smpl_filter;

/* `patches`: of struct smpl_patch *, must outlive the filter. */
struct smpl_filter *smpl_filter_new(const GPtrArray *patches);
void smpl_filter_free(struct smpl_filter *f);
/*
 * Sets hits[i] for each patch i that can match in `text` and returns the text that spatch needs: the same lines, with
 * the bodies blanked that no patch can match in. NULL when there is no hit. Safe to call from several threads.
 */
char *smpl_filter_apply(const struct smpl_filter *f, const char *text, bool *hits);

#endif
