/*
 * The text of a mail about one finding, in the form that the kernel's Documentation/process/researcher-guidelines.rst
 * asks for: the problem, how it is reached, its effect, how and in which version it was found, what was and was not
 * tested.
 */
#ifndef REPORT_MAIL_H
#define REPORT_MAIL_H

#include "report/report.h"
#include "report/source.h"

#include <glib.h>

/* "net: ethernet: foo: foo_probe(): resource not released on an error path". g_free(). */
char *mail_subject(const struct finding *f);
/* The body without what needs other programs (git, get_maintainer.pl). g_free(). */
char *mail_body(const struct finding *f, const struct store_run *run, struct source_cache *sources);
/* A verified patch, and what that means. */
void mail_append_patch(GString *s, const char *patch);
/* Appends `text` broken at blanks into lines of at most 72 characters, each after `indent`. */
void mail_wrap(GString *s, const char *indent, const char *text);

#endif
