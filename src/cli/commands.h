/* The commands: one file each, called with argv[0] being the command's own name. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "base/say.h"

#include <glib.h>

/* Exit codes are part of the interface. An incomplete scan is INCOMPLETE even when it has findings. */
enum exit_code {
	EXIT_CLEAN = 0,
	EXIT_FINDINGS = 1,
	EXIT_FAULT = 2, /* wrong usage or our own fault */
	EXIT_INCOMPLETE = 3,
};

int cmd_capture(int argc, char **argv);
int cmd_scan(int argc, char **argv);
int cmd_report(int argc, char **argv);
int cmd_diff(int argc, char **argv);
int cmd_triage(int argc, char **argv);
int cmd_fix(int argc, char **argv);
int cmd_query(int argc, char **argv);
int cmd_explain(int argc, char **argv);
int cmd_rules(int argc, char **argv);
int cmd_dump(int argc, char **argv);
int cmd_hook(int argc, char **argv);
int cmd_merge(int argc, char **argv);

/* Says what `err` says, frees it, and returns EXIT_FAULT. */
int fault(GError *err);
/* Parses the command's options; on a mistake says so and returns FALSE. `summary` is the usage text behind the options.
 */
gboolean parse_options(int *argc, char ***argv, const GOptionEntry *entries, const char *arguments,
		       const char *summary);

#endif
