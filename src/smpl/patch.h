/* One semantic patch and what its header says. Private to smpl/. */
#ifndef SMPL_PATCH_H
#define SMPL_PATCH_H

#include "finding/finding.h"

#include <glib.h>

/* A patch needs one token of every group; a token that ends in * stands for all that begin so. */
struct smpl_patch {
	char *name; /* file name without .cocci */
	char *path;
	char *rule;
	char *what;	  /* for a repair: what it does */
	char **not_below; /* for a repair: beginnings of paths that it is not for */
	char *resource;
	char *acquire;
	char *release;
	enum confidence confidence;
	bool whole_file;	/* tokens may be anywhere in the file, and nothing of it may be left out */
	GPtrArray *file_groups; /* the same, anywhere in the file */
	GPtrArray *groups;	/* of char **: alternatives */
	GPtrArray *regexes;	/* of GRegex *: must all match the text that holds the tokens */
	char *body;		/* the text of the file */
	char *options;		/* extra options for spatch (scripts of the kernel), or NULL */
};

void smpl_patch_free(void *patch);
struct smpl_patch *smpl_patch_load(const char *path, GError **err);
/* All *.cocci of a directory by name. */
GPtrArray *smpl_patches_load(const char *dir, GError **err);
/* The scripts of a kernel tree that have a report mode; `map` may be NULL. */
GPtrArray *smpl_kernel_patches_load(const char *tree, const char *map, GError **err);

#endif
