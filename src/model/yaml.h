/*
 * Directories of YAML files read by libcyaml schemas, for rules/ and the folders below it. Every error is in
 * MODEL_ERROR and begins with path:line:, line 0 when it concerns the file or directory as a whole.
 */
#ifndef MODEL_YAML_H
#define MODEL_YAML_H

#include "model/text.h"

#include <cyaml/cyaml.h>
#include <glib.h>

/* Paths of the *.yaml files in name order (free with g_ptr_array_unref), or NULL; none at all is an error. */
GPtrArray *yaml_files(const char *directory, GError **err);
/* Fills data and length from t->path; the caller frees t->data, also after a failure. */
bool yaml_read(struct text *t, GError **err);
/* What the schema, a pointer to a mapping, makes of the text; freed with yaml_release(), so called because libyaml
 * exports a yaml_free. */
void *yaml_parse(const struct text *t, const cyaml_schema_value_t *schema, GError **err);
void yaml_release(const cyaml_schema_value_t *schema, void *parsed);

#endif
