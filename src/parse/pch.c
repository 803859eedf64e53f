#include "parse/pch.h"
struct pch_cache {int x;};
struct pch_cache *pch_cache_new(const char *directory){return NULL;}
void pch_cache_free(struct pch_cache *c){}
void pch_cache_prepare(struct pch_cache *c, CXIndex index, GPtrArray *entries, guint min_units){}
const struct pch *pch_find(struct pch_cache *c, const struct cdb_entry *e, char *const *flags, const char *source){return NULL;}
const char *pch_path(const struct pch *p){return "";}
void pch_refused(struct pch_cache *c, const struct pch *p){}
