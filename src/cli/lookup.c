#include "cli/lookup.h"

#include <string.h>

gboolean lookup_finding(struct store *s, struct arena *a, const char *name, struct finding *f, GError **err)
{
	char *end;
	int64_t id = g_ascii_strtoll(name, &end, 10);

	if (strlen(name) == 16 && !store_find_fingerprint(s, name, &id, err))
		return FALSE;
	if (strlen(name) != 16 && (*end || id <= 0))
		id = 0;
	if (id)
		return store_load_finding(s, a, id, f, err);
	g_set_error(err, STORE_ERROR, STORE_ERROR_NOT_FOUND,
		    "'%s' is no finding's id or fingerprint; `drvcheck report` shows them", name);
	return FALSE;
}
