/*
 * Building JSON with jansson: objects keep the order in which members are set, so equal input gives equal bytes. Text
 * from source files need not be UTF-8; here it becomes so.
 */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include <jansson.h>
#include <stdio.h>

json_t *json_text(const char *s);
void json_put(json_t *object, const char *key, json_t *value);
void json_put_text(json_t *object, const char *key, const char *s);
void json_put_number(json_t *object, const char *key, json_int_t n);
/* On one line, without a newline; takes the reference. */
void json_print(FILE *out, json_t *value);

#endif
