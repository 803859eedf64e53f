#include "report/json.h"

#include <glib.h>

json_t *json_text(const char *s)
{
	json_t *text = json_string(s ? s : "");

	if (!text) {
		g_autofree char *valid = g_utf8_make_valid(s, -1);

		text = json_string(valid);
	}
	return text;
}

void json_put(json_t *object, const char *key, json_t *value)
{
	json_object_set_new(object, key, value);
}

void json_put_text(json_t *object, const char *key, const char *s)
{
	json_put(object, key, json_text(s));
}

void json_put_number(json_t *object, const char *key, json_int_t n)
{
	json_put(object, key, json_integer(n));
}

void json_print(FILE *out, json_t *value)
{
	json_dumpf(value, out, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(6));
	json_decref(value);
}
